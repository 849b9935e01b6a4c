package dev.laneway.dialects.gemini;

import dev.laneway.contracts.Feature;
import dev.laneway.contracts.HostedTool;
import dev.laneway.dialects.Addressed;
import dev.laneway.dialects.AskedTally;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.dialects.json.BodyReader.FieldRule;
import dev.laneway.dialects.json.BodyReader.Invalid;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * What {@code generateContent} demands: either spelling of a field, one object where an array is meant, and whole numbers in quotes
 * pass as they do at Google; so do unknown fields, parts and tools. A null counts as absent.
 */
final class RequestRules {
    private final BodyReader body;
    private final Addressed addressed;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private final Set<String> offered = new HashSet<>();
    private long maxTokens;
    private int contents = -1;
    private final AskedTally asked = new AskedTally();
    private long rounds = 1;
    private long choices = 1;

    RequestRules(BodyReader body, Addressed addressed) {
        this.body = body;
        this.addressed = addressed;
    }

    Inspected read(int bodyBytes) throws Invalid, IOException {
        distinct(this::field);
        if (contents < 0) {
            throw body.missing("contents");
        }
        var tokens = (bodyBytes - body.mediaBytes()) / 4 + asked.estimatedTokens();
        asked.rounds(rounds);
        return new Inspected(
                        addressed.model(),
                        addressed.stream(),
                        true,
                        maxTokens,
                        features,
                        tokens,
                        contents,
                        null,
                        choices)
                .offering(offered)
                .beside(asked.extras());
    }

    /** Reads an object by camel-case names; one that comes twice, in whatever spelling, is refused. */
    private void distinct(FieldRule rule) throws Invalid, IOException {
        var seen = new HashSet<String>();
        body.fields(spelled -> {
            var name = Spelling.camel(spelled);
            if (!seen.add(name)) {
                throw body.here("duplicate_field", "This field is there twice.");
            }
            if (!body.isNull()) {
                rule.read(name);
            }
        });
    }

    private void field(String name) throws Invalid, IOException {
        switch (name) {
            case "contents" -> {
                contents = each(this::content);
                if (contents == 0) {
                    throw body.here("empty_array", "This must have at least one content.");
                }
            }
            case "systemInstruction" -> {
                if (!body.isString()) {
                    content();
                }
            }
            case "tools" -> {
                if (each(this::tool) > 0) {
                    features.add(Feature.TOOLS);
                }
            }
            case "toolConfig" -> {
                body.object();
                body.skip();
            }
            case "generationConfig" -> distinct(this::config);
            case "serviceTier" -> asked.tier(body.text());
            // the beginning of a prompt, which Google has: of whatever kind and length
            case "cachedContent" -> {
                body.string();
                asked.recording();
            }
            // what countTokens may hold in place of contents
            case "generateContentRequest" -> distinct(this::field);
            default -> body.skip();
        }
    }

    @FunctionalInterface
    private interface Rule {
        void read() throws Invalid, IOException;
    }

    /** @return how many there were */
    private int each(Rule rule) throws Invalid, IOException {
        if (body.isObject()) {
            rule.read();
            return 1;
        }
        return body.items(_ -> rule.read());
    }

    private void content() throws Invalid, IOException {
        distinct(name -> {
            switch (name) {
                case "role" -> {
                    switch (body.text()) {
                        case "user", "model", "function", "tool", "system", "" -> {}
                        default -> throw body.here("invalid_value", "This must be one of user and model.");
                    }
                }
                case "parts" -> each(this::part);
                default -> body.skip();
            }
        });
    }

    private void part() throws Invalid, IOException {
        distinct(name -> {
            switch (name) {
                case "text", "thoughtSignature" -> body.string();
                case "thought" -> body.flag();
                case "inlineData", "fileData" -> blob();
                case "functionCall" -> {
                    var named = new boolean[1];
                    distinct(inner -> {
                        switch (inner) {
                            case "name" -> named[0] = !body.text().isEmpty();
                            case "id" -> body.string();
                            case "args" -> {
                                body.object();
                                body.skip();
                            }
                            default -> body.skip();
                        }
                    });
                    if (!named[0]) {
                        throw body.missing("name");
                    }
                }
                case "functionResponse" ->
                    distinct(inner -> {
                        switch (inner) {
                            case "name", "id" -> body.string();
                            case "parts" -> each(this::part);
                            default -> body.skip();
                        }
                    });
                default -> body.skip();
            }
        });
    }

    private void blob() throws Invalid, IOException {
        var type = new String[] {""};
        distinct(name -> {
            switch (name) {
                case "data" -> body.media();
                case "mimeType" -> {
                    type[0] = body.text();
                    var feature = MediaType.feature(type[0]);
                    if (feature != null) {
                        features.add(feature);
                    }
                }
                case "fileUri" -> body.string();
                default -> body.skip();
            }
        });
        if (type[0].startsWith("image/")) {
            asked.image();
        } else if (type[0].startsWith("audio/")) {
            asked.recording();
        } else if (type[0].equals("application/pdf") || type[0].startsWith("text/")) {
            asked.document();
        } else {
            asked.video();
        }
    }

    private void tool() throws Invalid, IOException {
        distinct(name -> {
            if (name.equals("functionDeclarations")) {
                each(this::function);
            } else {
                offered.add(name);
                hosted(name);
                body.skip();
            }
        });
    }

    /**
     * What Google does itself. Code that failed is written anew up to five times (ai.google.dev, "Code execution", I/O details, 2025), so
     * the model reads up to seven times; how often it goes on from code that ran, no page says.
     */
    private void hosted(String tool) {
        switch (tool) {
            case "computerUse" -> {}
            case "googleSearch", "googleSearchRetrieval" -> {
                asked.tool(HostedTool.GROUNDED_ANSWER, 1);
                asked.tool(HostedTool.WEB_SEARCH, 0);
                rounds = Math.max(rounds, 2);
            }
            case "googleMaps" -> {
                asked.tool(HostedTool.MAPS_ANSWER, 1);
                rounds = Math.max(rounds, 2);
            }
            case "urlContext", "fileSearch" -> {
                asked.tool(HostedTool.CONTENT, 0);
                rounds = Math.max(rounds, 2);
            }
            case "codeExecution" -> {
                asked.tool(HostedTool.CONTENT, 0);
                rounds = 7;
            }
            default -> asked.tool(HostedTool.OTHER, 0);
        }
    }

    private void function() throws Invalid, IOException {
        var named = new boolean[1];
        distinct(name -> {
            switch (name) {
                case "name" -> {
                    offered.add(body.text());
                    named[0] = !body.text().isEmpty();
                }
                case "description" -> body.string();
                case "parameters", "parametersJsonSchema" -> {
                    body.object();
                    body.skip();
                }
                default -> body.skip();
            }
        });
        if (!named[0]) {
            throw body.missing("name");
        }
    }

    private void config(String name) throws Invalid, IOException {
        switch (name) {
            case "maxOutputTokens" -> maxTokens = count();
            case "candidateCount" -> {
                choices = count();
                if (choices > 1) {
                    features.add(Feature.MULTIPLE_CHOICES);
                }
            }
            case "temperature" -> body.number(0, 2);
            case "topP" -> body.number(0, 1);
            case "stopSequences" -> {
                if (body.isString()) {
                    body.skip();
                } else {
                    body.items(_ -> body.string());
                }
            }
            case "responseMimeType" -> {
                if (body.text().equals("application/json")) {
                    features.add(Feature.JSON_OBJECT);
                }
            }
            case "responseSchema", "responseJsonSchema" -> {
                body.object();
                body.skip();
                features.add(Feature.JSON_SCHEMA);
            }
            case "responseLogprobs" -> {
                if (body.flag()) {
                    features.add(Feature.LOGPROBS);
                }
            }
            case "thinkingConfig" -> {
                features.add(Feature.REASONING);
                body.object();
                body.skip();
            }
            default -> body.skip();
        }
    }

    private long count() throws Invalid, IOException {
        if (!body.isString()) {
            return body.whole(0, Long.MAX_VALUE);
        }
        try {
            return Math.max(0, Long.parseLong(body.text()));
        } catch (NumberFormatException e) {
            throw body.here("invalid_type", "This must be an integer.");
        }
    }
}
