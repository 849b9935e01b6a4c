package dev.laneway.dialects.gemini;

import dev.laneway.dialects.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where Vertex AI has a model: under {@code projects/P/locations/L/publishers/WHO}, at the host of its location. An operator's own base URL
 * that names a project already is taken as it is.
 */
public final class VertexUrl {
    private VertexUrl() {}

    /**
     * The address of a model, to which a colon and a verb are added.
     *
     * @param publisher whose model it is, such as {@code google}
     * @param model by the publisher's own name
     */
    public static String of(Target target, String publisher, String model) {
        var base = target.baseUrl();
        var project = target.endpoint().project();
        var location = target.endpoint().location();
        if (project != null && location != null && !base.contains("/projects/")) {
            var usual = base.equals(target.provider().baseUrl());
            var host = usual ? "https://" + host(location) : base;
            base = (hasPath(host) ? host : host + "/v1") + "/projects/" + encoded(project) + "/locations/"
                    + encoded(location);
        }
        return base + "/publishers/" + publisher + "/models/" + encoded(model);
    }

    /** The host that serves a location: a region, {@code us} or {@code eu} as a whole, or {@code global}. */
    public static String host(String location) {
        return switch (location) {
            case "global" -> "aiplatform.googleapis.com";
            case "us", "eu" -> "aiplatform." + location + ".rep.googleapis.com";
            default -> location + "-aiplatform.googleapis.com";
        };
    }

    static boolean hasPath(String url) {
        return url.indexOf('/', url.indexOf("://") + 3) >= 0;
    }

    /** What stands between slashes; a colon would be taken for the verb's. */
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%7E", "~")
                .replace("%3D", "=");
    }
}
