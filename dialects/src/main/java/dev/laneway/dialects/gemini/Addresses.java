package dev.laneway.dialects.gemini;

import dev.laneway.dialects.Target;
import dev.laneway.dialects.providers.Quirk;

/**
 * Where a model is called: {@code models/M:generateContent} under AI Studio's base URL, whose version is added where only a host is
 * named; and under Vertex AI's {@link VertexUrl}.
 */
final class Addresses {
    private Addresses() {}

    static String of(Target target) {
        var verb = target.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
        var vertex = target.provider().quirks().contains(Quirk.VERTEX);
        return (vertex ? VertexUrl.of(target, "google", bare(target.model())) : studio(target)) + verb;
    }

    private static String studio(Target target) {
        var base = target.baseUrl();
        var model = target.model();
        var versioned = VertexUrl.hasPath(base) ? base : base + "/v1beta";
        return versioned + (model.startsWith("tunedModels/") ? "/" : "/models/") + VertexUrl.encoded(bare(model));
    }

    private static String bare(String model) {
        return model.startsWith("models/") ? model.substring("models/".length()) : model;
    }
}
