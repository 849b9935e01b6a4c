package dev.laneway.ingress.rate;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Scope;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.rate.Limited;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /rate_limit_status}: what is left of each limit that a key's requests are under, those of models among them that it may call. Everybody sees the own key's; an admin any key's,
 * by {@code ?key=} and its id, its secret or the digest of that, and those of deployments and providers.
 */
public final class RatePages {
    private final FrontDoor door;
    private final RateGate gate;
    private final Directory directory;
    private final Supplier<@Nullable GatewayConfig> config;

    public RatePages(FrontDoor door, RateGate gate, Directory directory, Supplier<@Nullable GatewayConfig> config) {
        this.door = door;
        this.gate = gate;
        this.directory = directory;
        this.config = config;
    }

    private record Whose(String owner, @Nullable Payer payer) {}

    public void show(Call call, Caller caller) {
        String asked = call.http().getParam("key");
        Whose whose =
                asked == null || asked.isBlank() ? new Whose(caller.owner(), caller.payer()) : find(asked.strip());
        boolean own = whose != null && whose.owner.equals(caller.owner());
        if (!own && caller.role() != Role.ADMIN) {
            door.refuse(call, Rejection.of(Refusal.ADMINS_ONLY, call));
        } else if (whose == null) {
            door.refuse(call, Rejection.of(Refusal.UNKNOWN_KEY, call));
        } else {
            show(call, whose, caller);
        }
    }

    private void show(Call call, Whose whose, Caller caller) {
        GatewayConfig now = config.get();
        List<String> models = now == null
                ? List.of()
                : now.routes().keySet().stream()
                        .filter(model -> mayCall(whose, model))
                        .toList();
        gate.status(whose.owner, whose.payer, models, caller.role() == Role.ADMIN)
                .onComplete(
                        limits -> call.json(
                                200, json(whose, limits, now).toBuffer().getBytes()),
                        away -> door.refuse(call, Rejection.of(Refusal.LIMITS_AWAY, call)));
    }

    private boolean mayCall(Whose whose, String model) {
        return directory.payers(whose.owner, whose.payer).stream()
                .allMatch(holder -> Caller.allowed(holder.terms().models(), model));
    }

    private static JsonObject json(Whose whose, List<RateStatus> limits, @Nullable GatewayConfig now) {
        JsonArray list = new JsonArray();
        for (RateStatus status : limits) {
            Limited holder = status.holder();
            JsonObject limit =
                    new JsonObject().put("scope", holder.scope().id()).put("id", holder.id());
            Deployment deployment = now == null || holder.scope() != Scope.DEPLOYMENT
                    ? null
                    : now.deployments().get(holder.id());
            if (deployment != null) {
                limit.put("model", deployment.group());
            }
            list.add(limit.put("kind", status.kind().id())
                    .put("limit", status.limit())
                    .put("used", status.used())
                    .put("remaining", status.remaining())
                    .put("reset_seconds", Math.ceilDiv(status.resetMillis(), 1_000L)));
        }
        return new JsonObject().put("key", whose.owner).put("limits", list);
    }

    private @Nullable Whose find(String asked) {
        Control.Key key = directory.key(asked);
        if (key != null && !key.deleted()) {
            return of(key);
        }
        for (String digest : List.of(asked, FileKey.digest(asked))) {
            Control.Key byDigest = directory.byDigest(digest, System.currentTimeMillis());
            FileKey ofFile = directory.fileKey(digest);
            if (byDigest != null) {
                return of(byDigest);
            }
            if (ofFile != null) {
                return new Whose(ofFile.owner(), null);
            }
        }
        GatewayConfig now = config.get();
        boolean named =
                now != null && now.keys().stream().anyMatch(each -> each.owner().equals(asked));
        return named || asked.equals(Caller.MASTER.owner()) ? new Whose(asked, null) : null;
    }

    private static Whose of(Control.Key key) {
        return new Whose(key.id(), new Payer(key.team(), key.user(), key.tags()));
    }
}
