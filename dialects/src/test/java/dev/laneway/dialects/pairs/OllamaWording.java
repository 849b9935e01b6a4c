package dev.laneway.dialects.pairs;

import org.jspecify.annotations.Nullable;

/** Ollama's {@code /api/chat}. */
final class OllamaWording implements Wording {
    private static final String TOOLS =
            "'tools':[{'type':'function','function':{'name':'weather','parameters':{'type':'object','properties':{'city':{'type':'string'}}}}}]";
    private static final String HI = "{'role':'user','content':'hi'}";

    @Override
    public String plain() {
        return ask("");
    }

    @Override
    public String without(Feature feature) {
        return switch (feature) {
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
            case MAX_TOKENS -> option("'num_predict':321");
            case STOP -> option("'stop':['END','FIN']");
            case TEMPERATURE -> option("'temperature':0.375");
            case TOP_P -> option("'top_p':0.625");
            case TOP_K -> option("'top_k':17");
            case PENALTIES -> option("'frequency_penalty':0.5,'presence_penalty':0.25");
            case SEED -> option("'seed':4711");
            case LOGPROBS -> ask(",'logprobs':true,'top_logprobs':3");
            case TOOLS -> ask("," + TOOLS);
            case TOOL_RESULTS -> "{'model':'m','stream':false," + TOOLS + ",'messages':[" + HI + """
                        ,{'role':'assistant','content':'','tool_calls':[
                        {'id':'c1','function':{'name':'weather','arguments':{}}},
                        {'id':'c2','function':{'name':'weather','arguments':{}}}]},
                        {'role':'tool','tool_name':'weather','tool_call_id':'c1','content':'sunny'},
                        {'role':'tool','tool_name':'weather','tool_call_id':'c2','content':'rainy'},
                        {'role':'user','content':'so?'}]}""";
            case IMAGE_DATA -> say("{'role':'user','content':'hi','images':['iVBORw0KGgo=']}");
            case JSON -> ask(",'format':'json'");
            case JSON_SCHEMA ->
                ask(
                        ",'format':{'type':'object','properties':{'city':{'type':'string'}},'required':['city'],'additionalProperties':false}");
            case REASONING -> ask(",'think':'low'");
            case UNKNOWN -> ask(",'unheard_of':1");
            case CHOICES,
                    TOOL_FORCED,
                    TOOL_ANY,
                    TOOL_NONE,
                    TOOLS_SERIAL,
                    TOOL_HOSTED,
                    IMAGE_URL,
                    DOCUMENT,
                    REASONING_BUDGET,
                    REASONING_BACK,
                    CACHE,
                    USER -> null;
        };
    }

    private static String ask(String more) {
        return "{'model':'m','stream':false,'messages':[" + HI + "]" + more + "}";
    }

    private static String option(String option) {
        return ask(",'options':{" + option + "}");
    }

    private static String say(String messages) {
        return "{'model':'m','stream':false,'messages':[" + messages + "]}";
    }
}
