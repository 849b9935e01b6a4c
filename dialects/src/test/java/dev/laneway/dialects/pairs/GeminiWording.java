package dev.laneway.dialects.pairs;

import org.jspecify.annotations.Nullable;

/** Gemini's generateContent. */
final class GeminiWording implements Wording {
    private static final String TOOL =
            "{'name':'weather','parameters':{'type':'OBJECT','properties':{'city':{'type':'STRING'}}}}";
    private static final String TOOLS = ",'tools':[{'functionDeclarations':[" + TOOL + "]}]";
    private static final String HI = "{'role':'user','parts':[{'text':'hi'}]}";
    private static final String HO = ",{'role':'model','parts':[{'text':'ho'}]},";

    @Override
    public String plain() {
        return ask("");
    }

    @Override
    public String without(Feature feature) {
        return switch (feature) {
            case TOOL_FORCED, TOOL_ANY, TOOL_NONE, TOOL_HOSTED -> ask(TOOLS);
            case TURNS, REASONING_BACK -> say(HI + HO + HI);
            default -> plain();
        };
    }

    @Override
    public @Nullable String with(Feature feature) {
        return switch (feature) {
            case SYSTEM -> ask(",'systemInstruction':{'parts':[{'text':'be brief'}]}");
            case TURNS -> say(HI + HO + "{'parts':[{'text':'and'}]},{'role':'model','parts':[{'text':'so'}]}," + HI);
            case MAX_TOKENS -> config("'maxOutputTokens':321");
            case STOP -> config("'stopSequences':['END','FIN']");
            case TEMPERATURE -> config("'temperature':0.375");
            case TOP_P -> config("'topP':0.625");
            case TOP_K -> config("'topK':37");
            case PENALTIES -> config("'frequencyPenalty':0.5,'presencePenalty':0.25");
            case SEED -> config("'seed':4711");
            case CHOICES -> config("'candidateCount':2");
            case LOGPROBS -> config("'responseLogprobs':true,'logprobs':3");
            case TOOLS -> ask(TOOLS);
            case TOOL_FORCED -> ask(TOOLS + mode("'ANY','allowedFunctionNames':['weather']"));
            case TOOL_ANY -> ask(TOOLS + mode("'ANY'"));
            case TOOL_NONE -> ask(TOOLS + mode("'NONE'"));
            case SYSTEM_LATER, TOOLS_SERIAL, CACHE, USER -> null;
            case TOOL_RESULTS -> "{'contents':[" + HI + """
                        ,{'role':'model','parts':[{'functionCall':{'name':'weather','args':{}}},{'functionCall':{'name':'weather','args':{}}}]},
                        {'role':'user','parts':[{'functionResponse':{'name':'weather','response':{'output':'sunny'}}},
                        {'functionResponse':{'name':'weather','response':{'output':'rainy'}}},{'text':'so?'}]}]""" + TOOLS + "}";
            case TOOL_HOSTED -> ask(",'tools':[{'functionDeclarations':[" + TOOL + "]},{'googleSearch':{}}]");
            case IMAGE_DATA -> part("{'inlineData':{'mimeType':'image/png','data':'iVBORw0KGgo='}}");
            case IMAGE_URL -> part("{'fileData':{'mimeType':'image/png','fileUri':'https://example.com/x.png'}}");
            case DOCUMENT -> part("{'inlineData':{'mimeType':'application/pdf','data':'JVBERi0='}}");
            case JSON -> config("'responseMimeType':'application/json'");
            case JSON_SCHEMA ->
                config("'responseMimeType':'application/json','responseSchema':"
                        + "{'type':'OBJECT','properties':{'city':{'type':'STRING'}},'required':['city']}");
            case REASONING -> config("'thinkingConfig':{'thinkingLevel':'LOW'}");
            case REASONING_BUDGET -> config("'thinkingConfig':{'thinkingBudget':2048}");
            case REASONING_BACK ->
                say(HI + ",{'role':'model','parts':[{'text':'ho','thoughtSignature':'c2ln'}]}," + HI);
            case UNKNOWN -> ask(",'unheardOf':1");
        };
    }

    private static String ask(String more) {
        return "{'contents':[" + HI + "]" + more + "}";
    }

    private static String config(String fields) {
        return ask(",'generationConfig':{" + fields + "}");
    }

    private static String mode(String words) {
        return ",'toolConfig':{'functionCallingConfig':{'mode':" + words + "}}";
    }

    private static String say(String contents) {
        return "{'contents':[" + contents + "]}";
    }

    private static String part(String part) {
        return say("{'role':'user','parts':[{'text':'hi'}," + part + "]}");
    }
}
