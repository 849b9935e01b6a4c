package dev.laneway.dialects.pairs;

import org.jspecify.annotations.Nullable;

/** OpenAI's Chat Completions. */
final class OpenAiChatWording implements Wording {
    private static final String TOOL =
            "{'type':'function','function':{'name':'weather','parameters':{'type':'object','properties':{'city':{'type':'string'}}}}}";
    private static final String HI = "{'role':'user','content':'hi'}";

    @Override
    public String plain() {
        return ask("");
    }

    @Override
    public String without(Feature feature) {
        return switch (feature) {
            case TOOL_FORCED, TOOL_ANY, TOOL_NONE, TOOLS_SERIAL, TOOL_HOSTED -> ask(",'tools':[" + TOOL + "]");
            case SYSTEM_LATER, TURNS -> say(HI + ",{'role':'assistant','content':'ho'}," + HI);
            default -> plain();
        };
    }

    @Override
    public @Nullable String with(Feature feature) {
        return switch (feature) {
            case SYSTEM -> say("{'role':'system','content':'be brief'}," + HI);
            case SYSTEM_LATER ->
                say(HI + ",{'role':'assistant','content':'ho'},{'role':'system','content':'be brief'}," + HI);
            case TURNS ->
                say(HI + ",{'role':'assistant','content':'ho'},{'role':'user','content':'and'},"
                        + "{'role':'assistant','content':'so'}," + HI);
            case MAX_TOKENS -> ask(",'max_completion_tokens':321");
            case STOP -> ask(",'stop':['END','FIN']");
            case TEMPERATURE -> ask(",'temperature':0.375");
            case TOP_P -> ask(",'top_p':0.625");
            case TOP_K -> null;
            case PENALTIES -> ask(",'frequency_penalty':0.5,'presence_penalty':0.25");
            case SEED -> ask(",'seed':4711");
            case CHOICES -> ask(",'n':2");
            case LOGPROBS -> ask(",'logprobs':true,'top_logprobs':3");
            case TOOLS -> ask(",'tools':[" + TOOL + "]");
            case TOOL_FORCED ->
                ask(",'tools':[" + TOOL + "],'tool_choice':{'type':'function','function':{'name':'weather'}}");
            case TOOL_ANY -> ask(",'tools':[" + TOOL + "],'tool_choice':'required'");
            case TOOL_NONE -> ask(",'tools':[" + TOOL + "],'tool_choice':'none'");
            case TOOLS_SERIAL -> ask(",'tools':[" + TOOL + "],'parallel_tool_calls':false");
            case TOOL_RESULTS -> "{'model':'m','tools':[" + TOOL + "],'messages':[" + HI + """
                        ,{'role':'assistant','content':null,'tool_calls':[
                        {'id':'c1','type':'function','function':{'name':'weather','arguments':'{}'}},
                        {'id':'c2','type':'function','function':{'name':'weather','arguments':'{}'}}]},
                        {'role':'tool','tool_call_id':'c1','content':'sunny'},{'role':'tool','tool_call_id':'c2','content':'rainy'},
                        {'role':'user','content':'so?'}]}""";
            case TOOL_HOSTED -> ask(",'tools':[" + TOOL + ",{'type':'web_search'}]");
            case IMAGE_DATA -> part("{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo='}}");
            case IMAGE_URL -> part("{'type':'image_url','image_url':{'url':'https://example.com/x.png'}}");
            case DOCUMENT ->
                part("{'type':'file','file':{'filename':'x.pdf','file_data':'data:application/pdf;base64,JVBERi0='}}");
            case JSON -> ask(",'response_format':{'type':'json_object'}");
            case JSON_SCHEMA ->
                ask(
                        ",'response_format':{'type':'json_schema','json_schema':{'name':'town','strict':true,'schema':"
                                + "{'type':'object','properties':{'city':{'type':'string'}},'required':['city'],'additionalProperties':false}}}");
            case REASONING -> ask(",'reasoning_effort':'low'");
            case REASONING_BUDGET -> null;
            case REASONING_BACK ->
                say(HI
                        + ",{'role':'assistant','content':'ho','thinking_blocks':[{'type':'thinking','thinking':'hm','signature':'c2ln'}]},"
                        + HI);
            case CACHE ->
                say("{'role':'user','content':[{'type':'text','text':'hi','cache_control':{'type':'ephemeral'}}]}");
            case USER -> ask(",'user':'u-1'");
            case UNKNOWN -> ask(",'unheard_of':1");
        };
    }

    private static String ask(String more) {
        return "{'model':'m','messages':[" + HI + "]" + more + "}";
    }

    private static String say(String messages) {
        return "{'model':'m','messages':[" + messages + "]}";
    }

    private static String part(String part) {
        return say("{'role':'user','content':[{'type':'text','text':'hi'}," + part + "]}");
    }
}
