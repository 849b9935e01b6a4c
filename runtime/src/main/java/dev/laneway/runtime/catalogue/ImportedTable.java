package dev.laneway.runtime.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.contracts.Money;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a catalogue of the price table that LiteLLM's users have: a JSON object, a member for each model. Only vendors of ours, only what
 * is called by text or for embeddings. A price there is a float: it is taken as the decimal that was meant, and refused where it can't
 * be. A model that the table gives for nothing is taken without a price, since the table says the same of models it knows none of.
 */
public final class ImportedTable {
    /** Floats have 15 sure digits; a price that needs more than this many is the trace of a calculation. */
    private static final MathContext DIGITS = new MathContext(10);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String FREE = ":free";

    private ImportedTable() {}

    /**
     * What came of a table.
     *
     * @param refused models with what is wrong with them
     * @param others how many are of vendors or kinds that aren't called
     */
    public record Result(Catalogue catalogue, Map<String, String> refused, int others) {}

    /**
     * Reads a table.
     *
     * @param date when its prices held
     * @throws IllegalArgumentException where it is no such table
     */
    public static Result read(byte[] json, LocalDate date) {
        JsonNode table = table(json);
        Map<String, CatalogueRow> rows = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        int others = 0;
        for (Map.Entry<String, JsonNode> entry : table.properties()) {
            Optional<CatalogueRow.Mode> mode =
                    CatalogueRow.Mode.ofWord(entry.getValue().path("mode").asText());
            ModelNames.Name name = name(entry.getKey(), entry.getValue());
            if (name == null || mode.isEmpty()) {
                others++;
                continue;
            }
            try {
                CatalogueRow row = row(name, entry.getValue(), mode.get(), date);
                List<String> doubts = Plausibility.doubts(row);
                if (!doubts.isEmpty()) {
                    throw new IllegalArgumentException(doubts.getFirst());
                }
                rows.merge(row.name().toLowerCase(Locale.ROOT), row, ImportedTable::better);
            } catch (IllegalArgumentException | ArithmeticException wrong) {
                refused.put(entry.getKey(), String.valueOf(wrong.getMessage()));
            }
        }
        return new Result(new Catalogue(rows.values(), Map.of()), refused, others);
    }

    private static JsonNode table(byte[] json) {
        try {
            JsonNode table = JSON.readTree(json);
            if (table != null && table.isObject()) {
                return table;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("can't be read: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("is no JSON object of models");
    }

    /** The vendor, and its own name of the model; null where it isn't one of ours. */
    private static ModelNames.@Nullable Name name(String key, JsonNode model) {
        String provider = model.path("litellm_provider").asText();
        int family = provider.startsWith("vertex_ai-") || provider.endsWith("-embedding-models")
                ? provider.indexOf('-')
                : -1;
        String prefix = provider.equals("azure_text")
                ? "azure"
                : provider.equals("text-completion-openai")
                        ? "openai"
                        : family > 0 ? provider.substring(0, family) : provider;
        ProviderRow row = ProviderCatalogue.find(prefix);
        if (row == null || row.selfHosted()) {
            return null;
        }
        String own = key;
        for (String before : new String[] {provider, prefix, row.name(), "bedrock", "text-completion-openai"}) {
            if (own.startsWith(before + "/")) {
                own = own.substring(before.length() + 1);
                break;
            }
        }
        boolean sizes = own.matches("(?:together|fireworks)-ai-.*") || own.contains("-commitment/");
        return sizes || own.isBlank() || own.matches(".*\\s.*") ? null : new ModelNames.Name(row.name(), own);
    }

    private static CatalogueRow row(ModelNames.Name name, JsonNode model, CatalogueRow.Mode mode, LocalDate date) {
        SortedMap<PriceTerm.Key, Money> amounts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : model.properties()) {
            PriceTerm.Key key = PriceTerm.ofConfigKey(member.getKey()).orElse(null);
            if (key != null && member.getValue().isNumber()) {
                amounts.put(key, money(key, member.getValue().decimalValue()));
            }
        }
        tiers(model.path("tiered_pricing"), amounts);
        StatedPrice all = new StatedPrice(amounts);
        amounts.keySet().removeIf(key -> Plausibility.isMisplaced(all, key));
        boolean nothing = amounts.values().stream().allMatch(Money::isZero);
        if (nothing && !name.model().endsWith(FREE)) {
            amounts.clear();
        } else if (!nothing) {
            tidy(amounts);
        }
        JsonNode source = model.path("source");
        return new CatalogueRow(
                name.vendor(),
                name.model(),
                date,
                CatalogueRow.Standing.IMPORTED,
                mode,
                source.isTextual() && source.asText().matches("https?://\\S+") ? source.asText() : null,
                new StatedPrice(amounts),
                tokens(model, "max_input_tokens", mode == CatalogueRow.Mode.EMBEDDING ? "max_tokens" : ""),
                mode == CatalogueRow.Mode.EMBEDDING ? 0 : tokens(model, "max_output_tokens", "max_tokens"),
                can(model),
                Bounds.UNKNOWN);
    }

    /** Prices by ranges of a prompt's length. */
    private static void tiers(JsonNode ranges, Map<PriceTerm.Key, Money> amounts) {
        for (JsonNode range : ranges) {
            JsonNode from = range.path("range").path(0);
            if (!from.isNumber()) {
                throw new IllegalArgumentException("a tier without a range");
            }
            long above = from.decimalValue().longValueExact();
            for (Map.Entry<String, JsonNode> member : range.properties()) {
                PriceTerm.Key key = PriceTerm.ofConfigKey(member.getKey()).orElse(null);
                if (key != null && key.term().tiered() && member.getValue().isNumber()) {
                    amounts.put(
                            new PriceTerm.Key(key.term(), above),
                            money(key, member.getValue().decimalValue()));
                }
            }
        }
    }

    /** Leaves out what says nothing of its own. */
    private static void tidy(Map<PriceTerm.Key, Money> amounts) {
        Map<PriceTerm.Key, Money> all = Map.copyOf(amounts);
        amounts.entrySet().removeIf(stated -> {
            PriceTerm term = stated.getKey().term();
            PriceTerm beside = term.beside();
            Money usual = beside == null || stated.getKey().above() > 0 ? null : all.get(PriceTerm.Key.of(beside));
            return term.way().isNeedless(stated.getValue(), usual);
        });
    }

    private static Money money(PriceTerm.Key key, BigDecimal stated) {
        if (Double.isInfinite(stated.doubleValue())) {
            throw new IllegalArgumentException(key.term().word() + " is more than anything costs");
        }
        BigDecimal meant = new BigDecimal(Double.toString(stated.doubleValue())).round(DIGITS);
        if (meant.signum() < 0) {
            throw new IllegalArgumentException(key.term().word() + " is below nothing");
        }
        Money money = Money.nearest(meant);
        if (money.dollars().subtract(meant).abs().movePointRight(4).compareTo(meant) > 0) {
            throw new IllegalArgumentException(key.term().word() + " is finer than a trillionth of a dollar");
        }
        return money;
    }

    private static long tokens(JsonNode model, String name, String otherwise) {
        JsonNode stated = model.path(name);
        JsonNode found = stated.isNumber() ? stated : model.path(otherwise);
        return found.isNumber() && found.asLong() > 0 ? found.asLong() : 0;
    }

    private static Set<Capability> can(JsonNode model) {
        Set<Capability> can = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if (model.path("supports_" + capability.configName()).asBoolean()) {
                can.add(capability);
            }
        }
        return can;
    }

    /** The same model twice: the one with a price, else the first. */
    private static CatalogueRow better(CatalogueRow one, CatalogueRow other) {
        return one.price().isEmpty() && !other.price().isEmpty() ? other : one;
    }
}
