package dev.laneway.provider;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.role.Role;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.util.ArrayList;
import java.util.List;

/** The role that makes the calls: one worker for each zone, on an event loop of its own. */
public final class ProviderRole implements Role {
    private final ProviderSettings settings;

    /** The role, not started. */
    public ProviderRole(ProviderSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "provider-workers";
    }

    @Override
    public Future<RunningRole> start(RoleContext context) {
        List<WorkerVerticle> workers = new ArrayList<>();
        List<Future<String>> deployed = new ArrayList<>();
        for (Zone zone : settings.zones()) {
            WorkerVerticle worker = new WorkerVerticle(context, settings, zone);
            workers.add(worker);
            deployed.add(context.vertx()
                    .deployVerticle(worker, new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP)));
        }
        return Future.all(deployed).map(all -> new RunningProvider(name(), workers));
    }
}
