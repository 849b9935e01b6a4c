package dev.laneway.runtime.config.terms;

import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import dev.laneway.runtime.config.terms.TermsDraft.Count;
import dev.laneway.runtime.config.terms.TermsDraft.Names;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the terms of everything that is no key of the file: of all together, of every key, of tags, models, providers and deployments. Blocks add to
 * one holder; what two of them say is a problem. One thread.
 */
public final class HolderReader {
    private static final int MOST = 5_000;

    private final Reading reading;
    private final TermsReader terms;
    private final KnownKeys known;
    private final Map<Name, TermsDraft> drafts = new LinkedHashMap<>();
    private final Map<Name, Place> places = new HashMap<>();

    private record Name(Scope scope, String id) {}

    public HolderReader(Reading reading, TermsReader terms) {
        this.reading = reading;
        this.terms = terms;
        this.known = new KnownKeys(reading);
    }

    /** The terms that there are, in the order of the file. */
    public List<Holder> holders() {
        return drafts.entrySet().stream()
                .map(entry -> new Holder(
                        entry.getKey().scope(),
                        entry.getKey().id(),
                        entry.getValue().terms(null)))
                .filter(holder -> !holder.terms().equals(Terms.NONE))
                .toList();
    }

    /** Where the file first says something of a holder by its name; the file as a whole where it doesn't. */
    public Place place(Holder holder) {
        return places.getOrDefault(new Name(holder.scope(), holder.id()), Place.FILE);
    }

    /** Takes what a block says of everything: limits, a budget, the most that a request may cost, networks. */
    public void global(@Nullable Block block) {
        if (block == null) {
            return;
        }
        TermsDraft all = draft(Scope.GLOBAL, Scope.ALL);
        terms.rates(block, all, draft(Scope.KEY, Holder.EVERY_KEY));
        terms.maxCost(block, all);
        terms.names(block, all, Names.NETWORKS);
        terms.budgets().unlessZero(block, all);
        terms.count(block, "global_max_parallel_requests", Count.PARALLEL, all);
    }

    /** Takes our own list: {@code holders: [{scope: tag, id: batch, ...}]}. */
    public void listed(Block top) {
        List<Value> items = top.items("holders");
        if (items.size() > MOST) {
            reading.problems().error(top.place("holders"), "has more than " + MOST + " entries", "remove some");
            return;
        }
        for (Value item : items) {
            Block block = item.block(reading);
            if (block != null) {
                listedOne(block);
            }
        }
    }

    private void listedOne(Block block) {
        Text scope = block.text("scope");
        Text id = block.text("id");
        Scope of = scope == null ? null : scope(scope.value());
        if (of == null) {
            reading.problems()
                    .error(
                            block.place("scope"),
                            "is no scope",
                            "write global, key (with id \"*\"), tag, model, provider or deployment");
        } else if (of == Scope.GLOBAL && id != null && !id.value().equals(Scope.ALL)) {
            reading.problems().error(id.place(), "is no id of global", "remove it");
        } else if (of != Scope.GLOBAL && (id == null || id.value().isBlank())) {
            reading.problems().error(block.place("id"), "says no " + of.id(), "write id: NAME");
        } else if (of == Scope.KEY && !Objects.requireNonNull(id).value().equals(Holder.EVERY_KEY)) {
            reading.problems()
                    .error(block.place("id"), "is not every key", "write \"*\", and terms of one key in api_keys");
        } else {
            String name = id == null ? Scope.ALL : id.value().strip();
            TermsDraft draft = draft(of, name);
            places.putIfAbsent(new Name(of, name), id == null ? block.place() : id.place());
            terms.read(block, draft);
            if (!new Holder(of, name, draft.terms(null)).isKept()) {
                reading.problems()
                        .unenforced(block.place(), "other terms of a " + of.id() + " than budgets and limits of calls");
            }
        }
        known.leftInLiteLlms(block, "holder");
    }

    private static @Nullable Scope scope(String text) {
        return switch (text) {
            case "global" -> Scope.GLOBAL;
            case "key" -> Scope.KEY;
            case "tag" -> Scope.TAG;
            case "model" -> Scope.MODEL;
            case "provider" -> Scope.PROVIDER;
            case "deployment" -> Scope.DEPLOYMENT;
            default -> null;
        };
    }

    /** Takes a mapping from names to budgets, such as {@code provider_budget_config}. */
    public void budgets(Block block, String key, Scope scope) {
        Block names = block.block(key);
        if (names == null) {
            return;
        }
        names.entries().forEach((name, value) -> {
            Block budget = names.block(name);
            if (budget != null) {
                places.putIfAbsent(new Name(scope, name), budget.place());
                terms.budgets().one(budget, draft(scope, name));
                known.leftInLiteLlms(budget, "named_budget");
            }
        });
    }

    /** Takes what LiteLLM gives new keys: here it is every key's that doesn't say otherwise. */
    public void everyKey(Block block) {
        Block given = block.block("default_key_generate_params");
        if (given != null) {
            terms.read(given, draft(Scope.KEY, Holder.EVERY_KEY));
            known.leftInLiteLlms(given, "default_key");
        }
    }

    /** Takes what an item of {@code model_list} says of its {@code model_name}. */
    public void model(String name, Block entry) {
        TermsDraft draft = draft(Scope.MODEL, name);
        terms.rates(entry, draft, null);
        terms.budgets().one(entry, draft);
    }

    private TermsDraft draft(Scope scope, String id) {
        return drafts.computeIfAbsent(new Name(scope, id), name -> new TermsDraft());
    }
}
