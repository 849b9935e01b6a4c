package dev.laneway.dialects.pairs;

import org.jspecify.annotations.Nullable;

/** Anthropic's Messages. */
final class AnthropicWording implements Wording {
    private static final String TOOL =
            "{'name':'weather','input_schema':{'type':'object','properties':{'city':{'type':'string'}}}}";
    private static final String HI = "{'role':'user','content':'hi'}";
    private static final String BUDGETED = ",'thinking':{'type':'enabled','budget_tokens':2048}";

    @Override
    public String plain() {
        return ask("");
    }

    @Override
    public String without(Feature feature) {
        return switch (feature) {
            case TOOL_FORCED, TOOL_ANY, TOOL_NONE, TOOLS_SERIAL, TOOL_HOSTED -> ask(",'tools':[" + TOOL + "]");
            case TURNS -> say(HI + ",{'role':'assistant','content':'ho'}," + HI);
            default -> plain();
        };
    }

    @Override
    public @Nullable String with(Feature feature) {
        return switch (feature) {
            case SYSTEM -> ask(",'system':'be brief'");
            case TURNS ->
                say(HI + ",{'role':'assistant','content':'ho'},{'role':'user','content':'and'},"
                        + "{'role':'assistant','content':'so'}," + HI);
            case MAX_TOKENS -> "{'model':'m','max_tokens':321,'messages':[" + HI + "]}";
            case STOP -> ask(",'stop_sequences':['END','FIN']");
            case TEMPERATURE -> ask(",'temperature':0.375");
            case TOP_P -> ask(",'top_p':0.625");
            case TOP_K -> ask(",'top_k':37");
            case SYSTEM_LATER, PENALTIES, SEED, CHOICES, LOGPROBS, JSON -> null;
            case TOOLS -> ask(",'tools':[" + TOOL + "]");
            case TOOL_FORCED -> ask(",'tools':[" + TOOL + "],'tool_choice':{'type':'tool','name':'weather'}");
            case TOOL_ANY -> ask(",'tools':[" + TOOL + "],'tool_choice':{'type':'any'}");
            case TOOL_NONE -> ask(",'tools':[" + TOOL + "],'tool_choice':{'type':'none'}");
            case TOOLS_SERIAL ->
                ask(",'tools':[" + TOOL + "],'tool_choice':{'type':'auto','disable_parallel_tool_use':true}");
            case TOOL_RESULTS -> "{'model':'m','max_tokens':4000,'tools':[" + TOOL + "],'messages':[" + HI + """
                        ,{'role':'assistant','content':[{'type':'tool_use','id':'c1','name':'weather','input':{}},
                        {'type':'tool_use','id':'c2','name':'weather','input':{}}]},
                        {'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','content':'sunny'},
                        {'type':'tool_result','tool_use_id':'c2','content':'rainy'},{'type':'text','text':'so?'}]}]}""";
            case TOOL_HOSTED -> ask(",'tools':[" + TOOL + ",{'type':'web_search_20250305','name':'web_search'}]");
            case IMAGE_DATA ->
                part("{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBORw0KGgo='}}");
            case IMAGE_URL -> part("{'type':'image','source':{'type':'url','url':'https://example.com/x.png'}}");
            case DOCUMENT ->
                part("{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'JVBERi0='}}");
            case JSON_SCHEMA ->
                ask(
                        ",'output_config':{'format':{'type':'json_schema','schema':"
                                + "{'type':'object','properties':{'city':{'type':'string'}},'required':['city'],'additionalProperties':false}}}");
            case REASONING -> ask(",'output_config':{'effort':'low'}");
            case REASONING_BUDGET -> ask(BUDGETED);
            case REASONING_BACK ->
                say(HI
                        + ",{'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'c2ln'},{'type':'text','text':'ho'}]},"
                        + HI);
            case CACHE ->
                say("{'role':'user','content':[{'type':'text','text':'hi','cache_control':{'type':'ephemeral'}}]}");
            case USER -> ask(",'metadata':{'user_id':'u-1'}");
            case UNKNOWN -> ask(",'unheard_of':1");
        };
    }

    private static String ask(String more) {
        return "{'model':'m','max_tokens':4000,'messages':[" + HI + "]" + more + "}";
    }

    private static String say(String messages) {
        return "{'model':'m','max_tokens':4000,'messages':[" + messages + "]}";
    }

    private static String part(String part) {
        return say("{'role':'user','content':[{'type':'text','text':'hi'}," + part + "]}");
    }
}
