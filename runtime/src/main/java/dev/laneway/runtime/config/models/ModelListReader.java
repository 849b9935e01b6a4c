package dev.laneway.runtime.config.models;

import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.config.OutOfService;
import dev.laneway.runtime.config.Providers;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import dev.laneway.runtime.config.settings.FallbackReader;
import dev.laneway.runtime.config.settings.Settings;
import dev.laneway.runtime.config.terms.HolderReader;
import dev.laneway.runtime.config.terms.TermsReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code model_list}. */
public final class ModelListReader {
    private static final int MOST_ENTRIES = 5_000;
    private static final int LONGEST_NAME = 200;

    private final Reading reading;
    private final Providers providers;
    private final Prices prices;
    private final FallbackReader fallbacks;
    private final EntryReader reader;
    private final InfoReader infos;
    private final Credentials credentials;
    private final KnownKeys known;
    private final HolderReader holders;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    /** @param prices by which dear models are told from cheap ones */
    public ModelListReader(
            Reading reading,
            Providers providers,
            Prices prices,
            Settings settings,
            FallbackReader fallbacks,
            TermsReader terms,
            HolderReader holders) {
        this.holders = holders;
        this.reading = reading;
        this.prices = prices;
        this.providers = providers;
        this.fallbacks = fallbacks;
        this.reader = new EntryReader(reading, providers, settings, terms);
        this.infos = new InfoReader(reading);
        this.credentials = new Credentials(reading);
        this.known = new KnownKeys(reading);
    }

    /** Takes {@code model_list} of the file's top mapping. */
    public ModelTable read(Block top) {
        credentials.read(top);
        List<Value> items = top.items("model_list");
        if (items.size() > MOST_ENTRIES) {
            reading.problems()
                    .error(top.place("model_list"), "has more than " + MOST_ENTRIES + " entries", "use patterns");
        } else {
            items.forEach(this::item);
        }
        if (items.isEmpty()) {
            reading.problems().warn(top.place("model_list"), "no model is configured", "add entries to model_list");
        }
        ModelTable table = new ModelTable(entries, reader, prices);
        table.unpriced()
                .forEach(place -> reading.problems()
                        .warn(
                                place,
                                "nobody knows what this model costs, so its calls are recorded without a cost",
                                "write input_cost_per_token and output_cost_per_token, or model_info.base_model"));
        return table;
    }

    private void item(Value item) {
        Block entry = item.block(reading);
        if (entry == null) {
            return;
        }
        Text group = entry.text("model_name");
        Block params = entry.block("litellm_params");
        if (params != null) {
            credentials.lend(params);
        }
        Text model = params == null ? null : params.text("model");
        if (group == null || params == null || model == null) {
            String missing = group == null ? "model_name" : params == null ? "litellm_params" : "litellm_params.model";
            if (!entry.has(missing)) {
                reading.problems()
                        .error(
                                entry.place(),
                                "has no " + missing,
                                "write model_name: NAME and litellm_params: {model: PROVIDER/MODEL}");
            }
            return;
        }
        if (isGoodName(group)) {
            InfoReader.Stated info = infos.read(entry.block("model_info"), entry.place());
            uniqueId(info, entry);
            fallbacks.readOf(group.value(), entry);
            holders.model(group.value(), entry);
            known.leftInLiteLlms(entry, "model");
            read(group, model, params, info);
        }
    }

    private void read(Text group, Text model, Block params, InfoReader.Stated info) {
        String outOfService = info.outOfService();
        if (outOfService != null && info.zone() != null) {
            EntryReader.ignoreRest(params);
            entries.add(new Entry.Unusable(
                    group.value(),
                    params.place(),
                    info.id(),
                    new OutOfService(model.value(), info.zone(), outOfService)));
            return;
        }
        if (model.value().equals("*")) {
            everyVendor(group, params, info);
            return;
        }
        if (model.value().contains("*") && !group.value().contains("*")) {
            reading.problems()
                    .error(model.place(), "is a pattern, but the model_name is not", "give model_name a * too");
            return;
        }
        Entry entry = reader.read(group.value(), model, params, info);
        if (entry != null) {
            entries.add(entry);
        }
    }

    /** A star for a model means every vendor that has a key: a pattern for each, and for the bare names that it is known by. */
    private void everyVendor(Text group, Block params, InfoReader.Stated info) {
        if (!group.value().equals("*")) {
            reading.problems().error(group.place(), "says no provider", "write model: PROVIDER/* for it");
            return;
        }
        int before = entries.size();
        for (ProviderRow row : providers.all()) {
            boolean hasKey = row.keyVariables().stream()
                    .anyMatch(name -> reading.references().variable(name) != null);
            if (hasKey && row.baseUrl() != null && !row.selfHosted()) {
                vendor(row, row.name() + "/*", params, info);
                ProviderName.barePatterns(row.name()).forEach(bare -> vendor(row, bare, params, info));
            }
        }
        if (entries.size() == before) {
            String reason = "no provider's key is set";
            reading.problems()
                    .warn(params.place(), reason + " here, so * stands for nothing", "set OPENAI_API_KEY or another");
            entries.add(new Entry.Unusable("*", params.place(), null, new OutOfService("*", Zone.CLOUD, reason)));
        }
    }

    private void vendor(ProviderRow row, String pattern, Block params, InfoReader.Stated info) {
        String bare = pattern.startsWith(row.name() + "/") ? "*" : pattern;
        Text model = new Text(row.name() + "/" + bare, params.place("model"));
        Entry entry = reader.read(pattern, model, params, info);
        if (entry != null) {
            entries.add(entry);
        }
    }

    private boolean isGoodName(Text group) {
        String name = group.value();
        Place at = group.place();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            reading.problems().error(at, "is no name", "write 1 to " + LONGEST_NAME + " characters");
            return false;
        }
        if (name.indexOf('*') != name.lastIndexOf('*')) {
            reading.problems().error(at, "has more than one *", "write one");
            return false;
        }
        return true;
    }

    private void uniqueId(InfoReader.Stated info, Block entry) {
        if (info.id() != null && !ids.add(info.id())) {
            reading.problems().error(entry.place(), "has the model_info.id of another entry", "write another id");
        }
    }
}
