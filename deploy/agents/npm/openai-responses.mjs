import OpenAI from 'openai';
import {done, key, model, prompt, readNote, stream, tool, url} from './laneway.mjs';

const client = new OpenAI({baseURL: `${url}/v1`, apiKey: key});
const tools = [{type: 'function', name: tool.name, description: tool.description, parameters: tool.schema, strict: true}];

async function ask(input) {
  const request = {model, tools, input, store: false};
  return stream ? client.responses.stream(request).finalResponse() : client.responses.create(request);
}

const input = [{role: 'user', content: prompt}];
const first = await ask(input);
for (const item of first.output) {
  input.push(item);
  if (item.type === 'function_call') {
    input.push({type: 'function_call_output', call_id: item.call_id, output: readNote(JSON.parse(item.arguments))});
  }
}
done((await ask(input)).output_text);
