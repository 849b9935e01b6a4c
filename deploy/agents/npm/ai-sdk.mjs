// The provider's package is named on the command line.
import {generateText, isStepCount, jsonSchema, streamText, tool as declare} from 'ai';
import {createAnthropic} from '@ai-sdk/anthropic';
import {createOpenAI} from '@ai-sdk/openai';
import {createOpenAICompatible} from '@ai-sdk/openai-compatible';
import {done, key, model, prompt, readNote, stream, tool, url} from './laneway.mjs';

const baseURL = `${url}/v1`;
const provider = {
  'anthropic': () => createAnthropic({baseURL, apiKey: key}),
  'openai': () => createOpenAI({baseURL, apiKey: key}),
  'openai-compatible': () => createOpenAICompatible({name: 'laneway', baseURL, apiKey: key, includeUsage: true}),
}[process.argv[2]]();
const request = {
  model: provider(model),
  prompt,
  tools: {[tool.name]: declare({description: tool.description, inputSchema: jsonSchema(tool.schema), execute: readNote})},
  stopWhen: isStepCount(3),
};

/** The whole text; a stream that breaks off is an error to its reader only, not to the promise of its text. */
async function streamed() {
  const result = streamText({...request, onError() {}});
  for await (const part of result.fullStream) {
    if (part.type === 'error') throw part.error;
  }
  return result.text;
}

done(stream ? await streamed() : (await generateText(request)).text);
