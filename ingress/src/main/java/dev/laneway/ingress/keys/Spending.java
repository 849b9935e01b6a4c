package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Scope;
import dev.laneway.ingress.http.Call;
import dev.laneway.runtime.ledger.Spends;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what holders have spent, in the {@code spend} of what is shown of them: dollars, by the ledger; null while the database does not
 * answer. One event loop.
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
        private final Map<String, List<ObjectNode>> places = new LinkedHashMap<>();

        Of(Scope scope) {
            this.scope = scope;
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
        return spends.spent(of.scope, of.places.keySet())
                .map(spent -> {
                    of.places.forEach((id, places) -> places.forEach(place -> {
                        if (spent.containsKey(id)) {
                            Json.put(place, "spend", spent.get(id));
                        } else {
                            place.put("spend", 0);
                        }
                    }));
                    return (Void) null;
                })
                .otherwise(away -> {
                    of.places.values().forEach(places -> places.forEach(place -> place.putNull("spend")));
                    return null;
                });
    }
}
