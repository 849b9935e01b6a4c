package dev.laneway.dialects;

import dev.laneway.dialects.providers.ProviderCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Targets and bodies for tests; a body's single quotes stand for double ones. */
public final class TestTargets {
    private TestTargets() {}

    public static Target of(String provider, String model, boolean stream) {
        return of(provider, model, stream, Target.Policy.NONE);
    }

    public static Target of(String provider, String model, boolean stream, Target.Policy policy) {
        var row = Objects.requireNonNull(ProviderCatalogue.find(provider));
        var base = row.baseUrl() == null ? "http://localhost:9" : null;
        return new Target(row, model, new Target.Endpoint(base, "k", Map.of()), "r:0:0", stream, Map.of(), policy);
    }

    public static Target.Policy limit(int maxTokens) {
        return new Target.Policy(maxTokens, Set.of());
    }

    public static Target.Policy dropping(String... names) {
        return new Target.Policy(null, Set.of(names));
    }

    public static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace('"', '\'');
    }

    public static UpstreamCall call(UpstreamPlan plan) {
        return ((UpstreamPlan.Call) plan).call();
    }
}
