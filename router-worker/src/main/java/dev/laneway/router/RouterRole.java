package dev.laneway.router;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.role.Role;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The role that plans: one {@link RouterVerticle} a zone, once a config is in force. */
public final class RouterRole implements Role {
    static final String NAME = "router-worker";

    private final RouterRoleSettings settings;

    public RouterRole(RouterRoleSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<RunningRole> start(RoleContext context) {
        return context.control().firstConfig().compose(config -> {
            List<RouterVerticle> verticles = new ArrayList<>();
            List<Future<String>> deployed = new ArrayList<>();
            for (Zone zone : settings.zones()) {
                RouterVerticle verticle = new RouterVerticle(zone, settings, context);
                verticles.add(verticle);
                deployed.add(context.vertx().deployVerticle(verticle));
            }
            return Future.all(deployed).map(all -> new Running(verticles));
        });
    }

    private record Running(List<RouterVerticle> verticles) implements RunningRole {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public List<String> notReady() {
            return verticles.stream()
                    .flatMap(verticle -> verticle.notReady().stream())
                    .toList();
        }

        @Override
        public Future<Void> drain(Duration patience) {
            return Future.join(verticles.stream()
                            .map(verticle -> verticle.drain(patience))
                            .toList())
                    .mapEmpty();
        }
    }
}
