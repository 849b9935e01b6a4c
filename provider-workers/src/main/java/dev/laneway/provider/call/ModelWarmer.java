package dev.laneway.provider.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.ollama.KeepAlive;
import dev.laneway.dialects.ollama.ModelLoad;
import dev.laneway.provider.credentials.Credential;
import dev.laneway.provider.intake.Serving;
import dev.laneway.provider.intake.Serving.Served;
import dev.laneway.provider.meters.WorkerMeters;
import dev.laneway.runtime.config.CloudModel;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.SecretText;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Ollama servers load the models of their deployments, so that the first request doesn't wait for it. A load carries nothing of any
 * request: it is no attempt, costs nothing, and holds nothing up. Only deployments of the worker's own zone are loaded, so that a worker
 * of zone local calls nobody outside; patterns, which have no model of their own, and models of a vendor's cloud are not. That several
 * workers load the same is harmless: a server loads once. One context.
 */
public final class ModelWarmer {
    /** A server loads one after the other anyway. */
    private static final int AT_ONCE = 2;
    /** A large model from a slow disk. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int MOST = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(ModelWarmer.class);

    private final VendorClient vendors;
    private final WorkerMeters meters;
    private final Zone zone;
    private final ArrayDeque<Served> waiting = new ArrayDeque<>();
    private int running;
    private boolean closed;

    public ModelWarmer(VendorClient vendors, WorkerMeters meters, Zone zone) {
        this.vendors = vendors;
        this.meters = meters;
        this.zone = zone;
    }

    /** Loads the models of a config that is in force now; what was not begun of the one before is left. */
    public void warm(Serving serving) {
        waiting.clear();
        Set<String> known = new HashSet<>();
        for (String id : serving.config().deployments().keySet()) {
            Served served = serving.deployments().get(id);
            if (served != null
                    && isWarmable(served)
                    && waiting.size() < MOST
                    && known.add(place(served.deployment()))) {
                waiting.addLast(served);
            }
        }
        next();
    }

    /** Begins no more. */
    public void close() {
        closed = true;
        waiting.clear();
    }

    private boolean isWarmable(Served served) {
        Deployment deployment = served.deployment();
        JsonNode keepAlive = deployment.extra().get("keep_alive");
        return served.provider().dialect() == Dialect.OLLAMA_CHAT
                && deployment.zone() == zone
                && !deployment.vendorModel().contains("*")
                && !CloudModel.is(deployment.vendorModel())
                && !served.keyMissing()
                && (keepAlive == null || !KeepAlive.isZero(keepAlive));
    }

    /** Two deployments of one model at one server are loaded once, unless they want it otherwise. */
    private static String place(Deployment deployment) {
        return deployment.baseUrl() + " " + deployment.vendorModel() + " " + deployment.extra();
    }

    private void next() {
        while (!closed && running < AT_ONCE && !waiting.isEmpty()) {
            Served served = waiting.removeFirst();
            running++;
            long begun = System.nanoTime();
            load(served).onComplete((loaded, cause) -> {
                running--;
                tell(served.deployment(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun), cause);
                next();
            });
        }
    }

    private void tell(Deployment deployment, long millis, @Nullable Throwable cause) {
        meters.warmed(deployment, cause == null);
        if (cause == null) {
            LOG.info(
                    "deployment {} ({}): model {} is loaded, after {} ms",
                    deployment.id(),
                    deployment.group(),
                    deployment.vendorModel(),
                    millis);
        } else {
            LOG.warn(
                    "deployment {} ({}): model {} could not be loaded: {}",
                    deployment.id(),
                    deployment.group(),
                    deployment.vendorModel(),
                    cause.getMessage());
        }
    }

    private Future<Void> load(Served served) {
        Loading loading = new Loading();
        VendorCall call = vendors.start(call(served), loading);
        return loading.done
                .future()
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> call.abort());
    }

    private static UpstreamCall call(Served served) {
        Deployment deployment = served.deployment();
        Map<String, String> headers = new HashMap<>();
        deployment.extraHeaders().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        Target target = new Target(
                served.provider(),
                deployment.vendorModel(),
                new Target.Endpoint(
                        deployment.baseUrl().toString(),
                        served.credential() instanceof Credential.Key(SecretText text) ? text.reveal() : null,
                        headers),
                "",
                false,
                Map.of(),
                Target.Policy.NONE);
        boolean embeds = deployment.modelInfo().mode().equals("embedding");
        UpstreamCall call = embeds ? ModelLoad.embed(target) : ModelLoad.chat(target);
        Map<String, JsonNode> kept = new LinkedHashMap<>(deployment.extra());
        kept.keySet().removeAll(DeploymentDefaults.CAPS);
        OllamaDefaults all = OllamaDefaults.of(kept, new ArrayList<>());
        Map<String, JsonNode> top = new LinkedHashMap<>(all.top());
        top.keySet().retainAll(Set.of("keep_alive"));
        return new OllamaDefaults(top, all.options()).apply(call, List.of());
    }

    /** Waits for the end of an answer, which nobody reads. */
    private static final class Loading implements VendorCall.Listener {
        private final Promise<Void> done = Promise.promise();
        private int status;

        @Override
        public Future<Void> beforeSend() {
            return Future.succeededFuture();
        }

        @Override
        public void onNotSent() {}

        @Override
        public void onSent() {}

        @Override
        public void onHead(int answered, HeaderLookup headers) {
            status = answered;
        }

        @Override
        public void onBytes(byte[] bytes) {}

        @Override
        public void onEnd() {
            if (status == 200) {
                done.tryComplete();
            } else {
                done.tryFail("the server answered with status " + status);
            }
        }

        @Override
        public void onBroken(VendorCall.Stage stage, Throwable cause) {
            done.tryFail(String.valueOf(cause.getMessage()));
        }
    }
}
