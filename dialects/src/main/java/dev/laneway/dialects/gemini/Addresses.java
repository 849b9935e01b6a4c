package dev.laneway.dialects.gemini;

import dev.laneway.dialects.Target;
import dev.laneway.dialects.providers.Quirk;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a model is called: {@code models/M:generateContent} under AI Studio's base URL, whose version is added where only a host is
 * named; and under Vertex AI's {@code projects/P/locations/L/publishers/google}, at the host of its location. An operator's own base URL
 * that names a project already is taken as it is.
 */
final class Addresses {
    private Addresses() {}

    static String of(Target target) {
        var verb = target.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
        var vertex = target.provider().quirks().contains(Quirk.VERTEX);
        return (vertex ? vertex(target) : studio(target)) + verb;
    }

    private static String studio(Target target) {
        var base = target.baseUrl();
        var model = target.model();
        var versioned = hasPath(base) ? base : base + "/v1beta";
        return versioned + (model.startsWith("tunedModels/") ? "/" : "/models/") + encoded(bare(model));
    }

    private static String vertex(Target target) {
        var base = target.baseUrl();
        var project = target.endpoint().project();
        var location = target.endpoint().location();
        if (project != null && location != null && !base.contains("/projects/")) {
            var usual = base.equals(target.provider().baseUrl()) && !location.equals("global");
            var host = usual ? "https://" + location + "-aiplatform.googleapis.com" : base;
            base = (hasPath(host) ? host : host + "/v1") + "/projects/" + encoded(project) + "/locations/"
                    + encoded(location);
        }
        return base + "/publishers/google/models/" + encoded(bare(target.model()));
    }

    private static boolean hasPath(String url) {
        return url.indexOf('/', url.indexOf("://") + 3) >= 0;
    }

    private static String bare(String model) {
        return model.startsWith("models/") ? model.substring("models/".length()) : model;
    }

    /** What stands between slashes; a colon would be taken for the verb's. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%7E", "~")
                .replace("%3D", "=");
    }
}
