import OpenAI from 'openai';
import {done, key, model, prompt, readNote, stream, tool, url} from './laneway.mjs';

const client = new OpenAI({baseURL: `${url}/v1`, apiKey: key});
const tools = [{type: 'function', function: {
  name: tool.name, description: tool.description, parameters: tool.schema, function: readNote, parse: JSON.parse}}];
const runner = client.chat.completions.runTools({model, stream, tools, messages: [{role: 'user', content: prompt}]});
done(await runner.finalContent());
