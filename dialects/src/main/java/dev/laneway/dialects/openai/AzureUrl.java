package dev.laneway.dialects.openai;

import dev.laneway.dialects.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where Azure has what OpenAI has under {@code /v1} ("Azure OpenAI in Microsoft Foundry Models REST API reference", data plane): a path for
 * each deployment with the API's version as a parameter; or, where the address ends in {@code /v1}, OpenAI's own paths, with the deployment in
 * the body. An address of Foundry's model inference ({@code .../models}) has the model in the body too.
 */
final class AzureUrl {
    private AzureUrl() {}

    /** @param path such as {@code /chat/completions} */
    static String of(Target target, String path) {
        var base = target.baseUrl();
        var version = target.endpoint().apiVersion();
        var query = version == null || version.isEmpty() ? "" : "?api-version=" + encoded(version);
        if (base.endsWith("/v1")) {
            return base + path;
        }
        if (base.endsWith("/models") || base.contains("/openai/deployments/")) {
            return base + path + query;
        }
        var root = base.endsWith("/openai") ? base : base + "/openai";
        return root + "/deployments/" + encoded(target.model()) + path + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
