import {Ollama} from 'ollama';
import {done, key, model, prompt, readNote, stream, tool, url} from './laneway.mjs';

const client = new Ollama({host: url, headers: {authorization: `Bearer ${key}`}});
const tools = [{type: 'function', function: {name: tool.name, description: tool.description, parameters: tool.schema}}];

/** The message of an answer. */
async function ask(messages) {
  const request = {model, messages, tools, stream};
  if (!stream) return (await client.chat(request)).message;
  const whole = {role: 'assistant', content: '', tool_calls: []};
  for await (const {message} of await client.chat(request)) {
    whole.content += message.content ?? '';
    whole.tool_calls.push(...(message.tool_calls ?? []));
  }
  return whole;
}

const messages = [{role: 'user', content: prompt}];
const first = await ask(messages);
messages.push(first);
for (const {function: call} of first.tool_calls ?? []) {
  messages.push({role: 'tool', tool_name: call.name, content: readNote(call.arguments)});
}
done((await ask(messages)).content);
