package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Scope;
import dev.laneway.ingress.http.Call;
import dev.laneway.runtime.ledger.Spends;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says what holders have spent: dollars, by the ledger; null while the database does not answer. In our own resources {@code spend} is all of it.
 * In LiteLLM's it is what the present window of the budget that is shown has, since its scripts compare the two, and {@code total_spend} is all.
 * One event loop.
 */
final class Spending {
    private final @Nullable Spends spends;

    /** @param spends null where nobody can be asked: then nothing is said */
    Spending(@Nullable Spends spends) {
        this.spends = spends;
    }

    /** Holders of one scope, and where what each has spent is to be said. */
    static final class Of {
        private final Scope scope;
        private final @Nullable String ofWindow;
        private final Map<String, List<ObjectNode>> places = new LinkedHashMap<>();
        private final Map<String, Long> windows = new HashMap<>();

        Of(Scope scope) {
            this(scope, null);
        }

        /** @param ofWindow what a window's spending is called where nothing else is said */
        Of(Scope scope, @Nullable String ofWindow) {
            this.scope = scope;
            this.ofWindow = ofWindow;
        }

        /** @param windowFrom when the present window of its budget began, epoch milliseconds */
        Of add(String id, ObjectNode place, long windowFrom) {
            windows.put(id, windowFrom);
            return add(id, place);
        }

        Of add(String id, ObjectNode place) {
            places.computeIfAbsent(id, absent -> new ArrayList<>()).add(place);
            return this;
        }
    }

    /** Answers a call once it is said. */
    void answer(Call call, JsonNode answer, Of... holders) {
        List<Future<Void>> saying = new ArrayList<>();
        for (Of of : holders) {
            saying.add(say(of));
        }
        Future.join(saying).onComplete(said -> Editor.answer(call, answer));
    }

    private Future<Void> say(Of of) {
        if (spends == null || of.places.isEmpty()) {
            return Future.succeededFuture();
        }
        Map<String, Long> since = new HashMap<>();
        of.places.keySet().forEach(id -> since.put(id, of.windows.getOrDefault(id, 0L)));
        return spends.spent(of.scope, since)
                .map(spent -> {
                    write(of, id -> spent.getOrDefault(id, Spends.Spend.NOTHING));
                    return (Void) null;
                })
                .otherwise(away -> {
                    write(of, id -> null);
                    return null;
                });
    }

    private static void write(Of of, Function<String, Spends.@Nullable Spend> spent) {
        of.places.forEach((id, places) -> {
            Spends.Spend spend = spent.apply(id);
            boolean both = of.windows.containsKey(id);
            for (ObjectNode place : places) {
                if (of.ofWindow != null) {
                    Json.put(place, of.ofWindow, spend == null ? null : spend.lately());
                    continue;
                }
                Json.put(place, "spend", spend == null ? null : both ? spend.lately() : spend.ever());
                if (both) {
                    Json.put(place, "total_spend", spend == null ? null : spend.ever());
                }
            }
        });
    }
}
