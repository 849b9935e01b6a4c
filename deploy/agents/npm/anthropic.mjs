import Anthropic from '@anthropic-ai/sdk';
import {done, key, model, prompt, readNote, stream, tool, url} from './laneway.mjs';

const client = new Anthropic({baseURL: url, apiKey: key});
const tools = [{name: tool.name, description: tool.description, input_schema: tool.schema}];

async function ask(messages) {
  const request = {model, max_tokens: 200, tools, messages};
  return stream ? client.messages.stream(request).finalMessage() : client.messages.create(request);
}

const messages = [{role: 'user', content: prompt}];
const first = await ask(messages);
messages.push({role: 'assistant', content: first.content});
messages.push({role: 'user', content: first.content.filter(block => block.type === 'tool_use').map(use => (
  {type: 'tool_result', tool_use_id: use.id, content: readNote(use.input)}))});
done((await ask(messages)).content.map(block => block.text ?? '').join(''));
