package dev.laneway.testkit;

import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.CallFile;
import dev.laneway.testkit.calls.LiveCall;
import dev.laneway.testkit.faults.FaultRule;
import dev.laneway.testkit.limits.LimitRule;
import dev.laneway.testkit.server.Service;
import dev.laneway.testkit.server.SimulatorVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running vendor simulator: a real HTTP server that speaks OpenAI's, Anthropic's and Ollama's wire formats, fails on demand
 * and remembers every call. Safe for any thread.
 */
public final class VendorSimulator {
    private final Vertx vertx;
    private final Service service;
    private final String deployment;
    private final int port;

    private VendorSimulator(Vertx vertx, Service service, String deployment, int port) {
        this.vertx = vertx;
        this.service = service;
        this.deployment = deployment;
        this.port = port;
    }

    /** Starts a simulator. The future fails when the port is taken or the log file can't be opened. */
    public static Future<VendorSimulator> start(Vertx vertx, SimulatorConfig config) {
        AtomicInteger port = new AtomicInteger();
        return vertx.executeBlocking(() -> Service.of(config, Clock.systemUTC()))
                .compose(service -> vertx.deployVerticle(
                                () -> new SimulatorVerticle(service, port),
                                new DeploymentOptions().setInstances(config.instances()))
                        .map(deployment -> new VendorSimulator(vertx, service, deployment, port.get())));
    }

    public int port() {
        return port;
    }

    /** Where it listens, such as {@code http://127.0.0.1:40123}; a vendor's path is added to it. */
    public String baseUrl() {
        return "http://" + service.config().host() + ":" + port;
    }

    /** The calls remembered that only loaded a model into an Ollama server's memory, or unloaded it, oldest first. */
    public List<Call> loads() {
        return service.log().loads();
    }

    /** The calls remembered, oldest first, each as it stands now; without {@link #loads}. */
    public List<Call> calls() {
        return service.log().calls();
    }

    /** The body of a call's request, where bodies are kept. */
    public Optional<byte[]> body(long seq) {
        return service.log().find(seq).flatMap(LiveCall::body);
    }

    /** Puts these rules in place of all others. */
    public void faults(List<FaultRule> rules) {
        service.faults().replace(rules);
    }

    /** Puts these limits in place of all others. */
    public void limits(List<LimitRule> rules) {
        service.limits().replace(rules);
    }

    /** Forgets calls, faults and the prompt cache; limits are again those it was started with. */
    public void reset() {
        service.reset();
    }

    /** Stops listening, closes every connection and the log file. Calls still running end as cut or stalled. */
    public Future<Void> close() {
        service.log().live().forEach(LiveCall::serverStops);
        return vertx.undeploy(deployment)
                .compose(undeployed -> vertx.executeBlocking(() -> {
                    service.log().live().forEach(LiveCall::serverStops);
                    service.file().ifPresent(CallFile::close);
                    return null;
                }));
    }
}
