import {createAgent, tool as declare} from 'langchain';
import {ChatOpenAI} from '@langchain/openai';
import {z} from 'zod';
import {done, key, model, prompt, readNote, stream, tool, url} from './laneway.mjs';

// Streams come of agent.stream, not of `streaming: true`: that counts tokens by a file which it fetches from the internet first.
const chat = new ChatOpenAI({model, apiKey: key, configuration: {baseURL: `${url}/v1`}});
const readTool = declare(readNote, {name: tool.name, description: tool.description, schema: z.object({name: z.string()})});
const agent = createAgent({model: chat, tools: [readTool]});
const question = {messages: [{role: 'user', content: prompt}]};
if (stream) {
  const said = {};
  for await (const [message] of await agent.stream(question, {streamMode: 'messages'})) {
    if (message.type === 'ai') said[message.id] = (said[message.id] ?? '') + message.content;
  }
  done(Object.values(said).at(-1));
} else {
  done((await agent.invoke(question)).messages.at(-1).content);
}
