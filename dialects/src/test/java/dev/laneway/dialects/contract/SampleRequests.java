package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;
import java.nio.charset.StandardCharsets;

/** Requests as clients write them. */
final class SampleRequests {
    private SampleRequests() {}

    static byte[] plain(Dialect dialect, boolean stream) {
        var common =
                "'model':'my-route','messages':[{'role':'user','content':'hi'}]" + (stream ? ",'stream':true" : "");
        return bytes(
                switch (dialect) {
                    case OPENAI_CHAT -> "{" + common + "}";
                    case ANTHROPIC_MESSAGES -> "{'max_tokens':100," + common + "}";
                    case OPENAI_RESPONSES -> "{" + common.replace("'messages'", "'input'") + "}";
                    case GEMINI -> "{'contents':[{'role':'user','parts':[{'text':'hi'}]}]}";
                    case OLLAMA_CHAT ->
                        "{'model':'my-route','messages':[{'role':'user','content':'hi'}]" + unstreamed(stream);
                    case OLLAMA_GENERATE -> "{'model':'my-route','prompt':'hi'" + unstreamed(stream);
                    case OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                        throw new IllegalArgumentException(dialect.id());
                });
    }

    /** Ollama streams unless told not to. */
    private static String unstreamed(boolean stream) {
        return stream ? "}" : ",'stream':false}";
    }

    /** System, images, a parallel call with results, a user's turn after them, tools, thinking. */
    static byte[] rich(Dialect dialect, boolean stream) {
        return bytes(
                switch (dialect) {
                    case OPENAI_CHAT -> """
                        {'model':'my-route','stream':%s,'messages':[
                        {'role':'developer','content':'be brief'},
                        {'role':'user','content':[{'type':'text','text':'look'},
                        {'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}},
                        {'type':'image_url','image_url':{'url':'https://example.com/x.png','detail':'low'}}]},
                        {'role':'assistant','content':'on it','tool_calls':[
                        {'id':'call.1','type':'function','function':{'name':'weather','arguments':'{\\'city\\':\\'Paris\\'}'}},
                        {'id':'call.2','type':'function','function':{'name':'clock','arguments':''}}]},
                        {'role':'tool','tool_call_id':'call.1','content':'sunny'},
                        {'role':'tool','tool_call_id':'call.2','content':[{'type':'text','text':'noon'}]},
                        {'role':'user','content':'and now?'}],
                        'tools':[{'type':'function','function':{'name':'weather','description':'w',
                        'parameters':{'type':'object','properties':{'city':{'type':'string'}}}}},
                        {'type':'function','function':{'name':'clock'}}],
                        'tool_choice':'auto','parallel_tool_calls':false,'max_completion_tokens':4000,'stop':['END'],
                        'user':'u1','unheard_of':1}""".formatted(stream);
                    case OLLAMA_CHAT -> """
                        {'model':'my-route','stream':%s,'think':false,'truncate':false,'shift':false,'keep_alive':'5m','messages':[
                        {'role':'system','content':'be brief'},
                        {'role':'user','content':'look','images':['iVBORw0KGgo=']},
                        {'role':'assistant','content':'on it','tool_calls':[
                        {'id':'call_1','function':{'name':'weather','arguments':{'city':'Paris'}}},
                        {'id':'call_2','function':{'name':'clock','arguments':{}}}]},
                        {'role':'tool','tool_name':'weather','tool_call_id':'call_1','content':'sunny'},
                        {'role':'tool','tool_name':'clock','tool_call_id':'call_2','content':'noon'},
                        {'role':'user','content':'and now?'}],
                        'tools':[{'type':'function','function':{'name':'weather','description':'w',
                        'parameters':{'type':'object','properties':{'city':{'type':'string'}}}}},
                        {'type':'function','function':{'name':'clock','parameters':{'type':'object'}}}],
                        'options':{'num_predict':4000,'stop':['END'],'num_ctx':8192},'unheard_of':1}""".formatted(stream);
                    case OLLAMA_GENERATE -> """
                        {'model':'my-route','stream':%s,'system':'be brief','prompt':'look','images':['iVBORw0KGgo='],
                        'options':{'num_predict':4000,'stop':['END'],'num_ctx':8192}}""".formatted(stream);
                    case ANTHROPIC_MESSAGES -> """
                        {'model':'my-route','stream':%s,'max_tokens':4000,
                        'system':[{'type':'text','text':'be brief','cache_control':{'type':'ephemeral'}}],
                        'messages':[
                        {'role':'user','content':[{'type':'text','text':'look'},
                        {'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}},
                        {'type':'image','source':{'type':'url','url':'https://example.com/x.png'}}]},
                        {'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'c2ln'},
                        {'type':'text','text':'on it'},
                        {'type':'tool_use','id':'call_1','name':'weather','input':{'city':'Paris'}},
                        {'type':'tool_use','id':'call_2','name':'clock','input':{}}]},
                        {'role':'user','content':[{'type':'tool_result','tool_use_id':'call_1','content':'sunny'},
                        {'type':'tool_result','tool_use_id':'call_2','is_error':true,'content':[{'type':'text','text':'no'}]},
                        {'type':'text','text':'and now?'}]},
                        {'role':'user','content':'please'}],
                        'tools':[{'name':'weather','description':'w','input_schema':{'type':'object','properties':{'city':{'type':'string'}}}},
                        {'name':'clock','input_schema':{'type':'object'}}],
                        'tool_choice':{'type':'auto','disable_parallel_tool_use':true},'stop_sequences':['END'],
                        'metadata':{'user_id':'u1'},'context_management':{'edits':[]}}""".formatted(stream);
                    case OPENAI_RESPONSES -> """
                        {'model':'my-route','stream':%s,'instructions':'be brief','input':[
                        {'role':'developer','content':'and kind'},
                        {'type':'message','role':'user','content':[{'type':'input_text','text':'look'},
                        {'type':'input_image','image_url':'data:image/png;base64,AAAA','detail':'auto'},
                        {'type':'input_image','image_url':'https://example.com/x.png','detail':'low'}]},
                        {'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'hm'}],'encrypted_content':'Zm9v'},
                        {'type':'message','id':'msg_1','role':'assistant','status':'completed','content':[
                        {'type':'output_text','text':'on it','annotations':[]}]},
                        {'type':'function_call','id':'fc_1','call_id':'call_1','name':'weather','arguments':'{\\'city\\':\\'Paris\\'}'},
                        {'type':'function_call','call_id':'call_2','name':'clock','namespace':'time','arguments':'{}'},
                        {'type':'function_call_output','call_id':'call_1','output':'sunny'},
                        {'type':'function_call_output','call_id':'call_2','output':[{'type':'input_text','text':'noon'}]},
                        {'role':'user','content':'and now?'}],
                        'tools':[{'type':'function','name':'weather','description':'w','strict':false,
                        'parameters':{'type':'object','properties':{'city':{'type':'string'}}}},
                        {'type':'namespace','name':'time','description':'t','tools':[{'type':'function','name':'clock'}]},
                        {'type':'custom','name':'apply_patch','format':{'type':'grammar','syntax':'lark','definition':'start: X'}},
                        {'type':'web_search'}],
                        'tool_choice':'auto','parallel_tool_calls':false,'max_output_tokens':4000,'store':false,
                        'include':['reasoning.encrypted_content'],'prompt_cache_key':'k','client_metadata':{'a':'b'},
                        'user':'u1','unheard_of':1}""".formatted(stream);
                    case GEMINI -> """
                        {'systemInstruction':{'parts':[{'text':'be brief'}]},
                        'contents':[
                        {'role':'user','parts':[{'text':'look'},{'inline_data':{'mime_type':'image/png','data':'AAAA'}},
                        {'fileData':{'mimeType':'image/png','fileUri':'https://example.com/x.png'}}]},
                        {'role':'model','parts':[{'text':'hm','thought':true},{'text':'on it'},
                        {'functionCall':{'name':'weather','args':{'city':'Paris'}},'thoughtSignature':'c2ln'},
                        {'functionCall':{'id':'fc2','name':'clock'}}]},
                        {'role':'user','parts':[{'functionResponse':{'name':'weather','response':{'output':'sunny'}}},
                        {'functionResponse':{'id':'fc2','name':'clock','response':{'error':'no'}}},{'text':'and now?'}]}],
                        'tools':[{'functionDeclarations':[{'name':'weather','description':'w',
                        'parameters':{'type':'OBJECT','properties':{'city':{'type':'STRING'}}}},
                        {'name':'clock','parametersJsonSchema':{'type':'object'}}]},{'googleSearch':{}}],
                        'toolConfig':{'functionCallingConfig':{'mode':'AUTO'}},
                        'generationConfig':{'maxOutputTokens':4000,'stopSequences':['END'],'thinkingConfig':{'includeThoughts':true}},
                        'safetySettings':[{'category':'HARM_CATEGORY_HARASSMENT','threshold':'BLOCK_NONE'}],'unheardOf':1}""";
                    case OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                        throw new IllegalArgumentException(dialect.id());
                });
    }

    /** The same without what a vendor would have to fetch. */
    static byte[] inline(byte[] request) {
        return new String(request, StandardCharsets.UTF_8)
                .replace("https://example.com/x.png", "data:image/png;base64,AAAA")
                .replace(
                        "\"type\":\"url\",\"url\":\"data:image/png;base64,AAAA\"",
                        "\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AAAA\"")
                .replace(
                        "\"fileData\":{\"mimeType\":\"image/png\",\"fileUri\":\"data:image/png;base64,AAAA\"}",
                        "\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
