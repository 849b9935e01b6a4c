package dev.laneway.dialects.pairs;

import org.jspecify.annotations.Nullable;

/** OpenAI's Responses. */
final class ResponsesWording implements Wording {
    private static final String TOOL =
            "{'type':'function','name':'weather','parameters':{'type':'object','properties':{'city':{'type':'string'}}}}";
    private static final String HI = "{'role':'user','content':'hi'}";
    private static final String HO = "{'role':'assistant','content':'ho'}";

    @Override
    public String plain() {
        return ask("");
    }

    @Override
    public String without(Feature feature) {
        return switch (feature) {
            case TOOL_FORCED, TOOL_ANY, TOOL_NONE, TOOLS_SERIAL, TOOL_HOSTED -> ask(",'tools':[" + TOOL + "]");
            case SYSTEM_LATER, TURNS -> say(HI + "," + HO + "," + HI);
            default -> plain();
        };
    }

    @Override
    public @Nullable String with(Feature feature) {
        return switch (feature) {
            case SYSTEM -> ask(",'instructions':'be brief'");
            case SYSTEM_LATER -> say(HI + "," + HO + ",{'role':'developer','content':'be brief'}," + HI);
            case TURNS -> say(HI + "," + HO + ",{'role':'user','content':'and'}," + HO + "," + HI);
            case MAX_TOKENS -> ask(",'max_output_tokens':321");
            case STOP, TOP_K, PENALTIES, SEED, CHOICES, REASONING_BUDGET, CACHE -> null;
            case TEMPERATURE -> ask(",'temperature':0.375");
            case TOP_P -> ask(",'top_p':0.625");
            case LOGPROBS -> ask(",'top_logprobs':3,'include':['message.output_text.logprobs']");
            case TOOLS -> ask(",'tools':[" + TOOL + "]");
            case TOOL_FORCED -> ask(",'tools':[" + TOOL + "],'tool_choice':{'type':'function','name':'weather'}");
            case TOOL_ANY -> ask(",'tools':[" + TOOL + "],'tool_choice':'required'");
            case TOOL_NONE -> ask(",'tools':[" + TOOL + "],'tool_choice':'none'");
            case TOOLS_SERIAL -> ask(",'tools':[" + TOOL + "],'parallel_tool_calls':false");
            case TOOL_RESULTS -> "{'model':'m','store':false,'tools':[" + TOOL + "],'input':[" + HI + """
                        ,{'type':'function_call','call_id':'c1','name':'weather','arguments':'{}'},
                        {'type':'function_call','call_id':'c2','name':'weather','arguments':'{}'},
                        {'type':'function_call_output','call_id':'c1','output':'sunny'},
                        {'type':'function_call_output','call_id':'c2','output':'rainy'},
                        {'role':'user','content':'so?'}]}""";
            case TOOL_HOSTED -> ask(",'tools':[" + TOOL + ",{'type':'web_search'}]");
            case IMAGE_DATA -> part("{'type':'input_image','image_url':'data:image/png;base64,iVBORw0KGgo='}");
            case IMAGE_URL -> part("{'type':'input_image','image_url':'https://example.com/x.png'}");
            case DOCUMENT ->
                part("{'type':'input_file','filename':'x.pdf','file_data':'data:application/pdf;base64,JVBERi0='}");
            case JSON -> ask(",'text':{'format':{'type':'json_object'}}");
            case JSON_SCHEMA ->
                ask(
                        ",'text':{'format':{'type':'json_schema','name':'town','strict':true,'schema':"
                                + "{'type':'object','properties':{'city':{'type':'string'}},'required':['city'],'additionalProperties':false}}}");
            case REASONING -> ask(",'reasoning':{'effort':'low'}");
            case REASONING_BACK ->
                say(HI
                        + ",{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'hm'}],'encrypted_content':'c2ln'},"
                        + HO + "," + HI);
            case USER -> ask(",'user':'u-1'");
            case UNKNOWN -> ask(",'unheard_of':1");
        };
    }

    private static String ask(String more) {
        return "{'model':'m','store':false,'input':[" + HI + "]" + more + "}";
    }

    private static String say(String input) {
        return "{'model':'m','store':false,'input':[" + input + "]}";
    }

    private static String part(String part) {
        return say("{'role':'user','content':[{'type':'input_text','text':'hi'}," + part + "]}");
    }
}
