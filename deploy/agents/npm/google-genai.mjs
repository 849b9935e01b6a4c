import {GoogleGenAI} from '@google/genai';
import {done, key, model, prompt, readNote, stream, tool, url} from './laneway.mjs';

const client = new GoogleGenAI({apiKey: key, vertexai: false, httpOptions: {baseUrl: url}});
const config = {tools: [{functionDeclarations: [
  {name: tool.name, description: tool.description, parametersJsonSchema: tool.schema}]}]};

/** The parts of an answer. */
async function ask(contents) {
  const request = {model, contents, config};
  const chunks = stream ? await client.models.generateContentStream(request) : [await client.models.generateContent(request)];
  const parts = [];
  for await (const chunk of chunks) parts.push(...(chunk.candidates?.[0]?.content?.parts ?? []));
  return parts;
}

const contents = [{role: 'user', parts: [{text: prompt}]}];
const first = await ask(contents);
contents.push({role: 'model', parts: first});
contents.push({role: 'user', parts: first.filter(part => part.functionCall).map(({functionCall}) => (
  {functionResponse: {id: functionCall.id, name: functionCall.name, response: {output: readNote(functionCall.args)}}}))});
done((await ask(contents)).map(part => part.text ?? '').join(''));
