package dev.laneway.dialects.providers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.VendorDialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.providers.ProviderRow.AuthStyle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The vendors, read once from {@code providers.json}. A row there has a {@code name} and whatever differs from an
 * OpenAI-compatible API that wants a bearer token: {@code dialect}, {@code base_url}, {@code auth}, {@code keys} and {@code
 * base_urls} (environment variables), {@code self_hosted}, {@code quirks}, {@code aliases}, and
 * {@code responses}, where the vendor has OpenAI's Responses API at the same address.
 */
public final class ProviderCatalogue {
    private static final ProviderCatalogue BUILT_IN = new ProviderCatalogue(builtIn());

    private static final String RESPONSES = "_responses";
    private static final String ANTHROPIC = "_anthropic";
    /** Ends of the names of rows that call a vendor's models by another API than its own. */
    public static final List<String> OTHER_APIS = List.of(RESPONSES, ANTHROPIC);

    private final Map<String, ProviderRow> rows = new LinkedHashMap<>();
    private final Map<String, ProviderRow> byPrefix = new LinkedHashMap<>();

    private ProviderCatalogue(JsonNode file) {
        for (var node : file) {
            var row = row(node);
            rows.put(row.name(), row);
            byPrefix.put(row.name(), row);
            texts(node, "aliases").forEach(alias -> byPrefix.put(alias, row));
            if (node.path("responses").asBoolean()) {
                byPrefix.put(row.name() + RESPONSES, row.as(row.name() + RESPONSES, Dialect.OPENAI_RESPONSES));
            }
        }
    }

    /**
     * The row of a LiteLLM prefix or one of its aliases, or null where there is none. {@code openai_responses} is {@code openai} for
     * those of its models that are called by OpenAI Responses.
     */
    public static @Nullable ProviderRow find(String prefix) {
        return BUILT_IN.byPrefix.get(prefix.toLowerCase(Locale.ROOT));
    }

    /**
     * The row that a model is called by in place of its vendor's own, going by its name: a Claude on Vertex AI as Anthropic has it. Null
     * for every other model.
     *
     * @param provider the vendor's row's name
     * @param model the vendor's own name of it
     * @param rows finds a row by its name
     */
    public static @Nullable ProviderRow claudeOn(
            String provider, String model, Function<String, @Nullable ProviderRow> rows) {
        return model.startsWith("claude") ? rows.apply(provider + ANTHROPIC) : null;
    }

    /**
     * Whose calls a row's are: {@code openai_responses} is {@code openai} by another API, {@code vertex_ai_anthropic} is {@code vertex_ai}. A
     * row that is no other one by another API, and what is no row, is its own.
     *
     * @param provider a row's name
     */
    public static String vendor(String provider) {
        for (String api : OTHER_APIS) {
            ProviderRow row =
                    provider.endsWith(api) ? find(provider.substring(0, provider.length() - api.length())) : null;
            if (row != null) {
                return row.name();
            }
        }
        return provider;
    }

    /** Every vendor once, in the file's order. */
    public static Collection<ProviderRow> all() {
        return Collections.unmodifiableCollection(BUILT_IN.rows.values());
    }

    /** The other prefixes of a row, in the file's order. */
    public static List<String> aliases(ProviderRow row) {
        return BUILT_IN.byPrefix.entrySet().stream()
                .filter(entry -> entry.getValue().equals(row) && !entry.getKey().equals(row.name()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static JsonNode builtIn() {
        try (var in = ProviderCatalogue.class.getResourceAsStream("providers.json")) {
            var tree = in == null ? null : Json.tree(in.readAllBytes());
            if (tree == null || !tree.isArray()) {
                throw new IllegalStateException("providers.json is missing or not an array of rows");
            }
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException("providers.json can't be read", e);
        }
    }

    private static ProviderRow row(JsonNode node) {
        var quirks = EnumSet.noneOf(Quirk.class);
        texts(node, "quirks").forEach(quirk -> quirks.add(Quirk.valueOf(quirk.toUpperCase(Locale.ROOT))));
        return new ProviderRow(
                node.path("name").asText(),
                dialect(node.path("dialect").asText(Dialect.OPENAI_CHAT.id())),
                node.path("base_url").textValue(),
                AuthStyle.valueOf(node.path("auth").asText("bearer").toUpperCase(Locale.ROOT)),
                texts(node, "keys"),
                texts(node, "base_urls"),
                node.path("self_hosted").asBoolean(),
                quirks);
    }

    private static VendorDialect dialect(String id) {
        return Stream.<VendorDialect>concat(Stream.of(Dialect.values()), Stream.of(VendorOnlyDialect.values()))
                .filter(dialect -> dialect.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("providers.json names the dialect " + id + ", which does not exist"));
    }

    private static List<String> texts(JsonNode node, String field) {
        var texts = new ArrayList<String>();
        node.path(field).forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
