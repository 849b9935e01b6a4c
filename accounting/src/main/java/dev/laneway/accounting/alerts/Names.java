package dev.laneway.accounting.alerts;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.control.ControlView;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people call things, beside their ids. */
interface Names {
    /** As {@code key nightly (key_01kb)}. */
    String of(Scope scope, String id);

    /** The ids alone. */
    Names IDS = (scope, id) -> scope == Scope.GLOBAL ? "all of this gateway" : word(scope) + " " + id;

    /** Those in force. */
    static Names of(ControlView control) {
        return (scope, id) -> {
            String name = alias(control, scope, id);
            return name == null || name.equals(id) ? IDS.of(scope, id) : word(scope) + " " + name + " (" + id + ")";
        };
    }

    private static @Nullable String alias(ControlView control, Scope scope, String id) {
        return switch (scope) {
            case KEY -> {
                Control.Key key = control.directory().key(id);
                yield key == null ? null : key.alias();
            }
            case TEAM -> {
                Control.Team team = control.directory().team(id);
                yield team == null ? null : team.alias();
            }
            case USER -> {
                Control.User user = control.directory().user(id);
                yield user == null ? null : user.alias();
            }
            case DEPLOYMENT ->
                control.config()
                        .map(inForce -> inForce.config().deployments().get(id))
                        .map(Deployment::group)
                        .orElse(null);
            case GLOBAL, MEMBER, TAG, MODEL, PROVIDER -> null;
        };
    }

    private static String word(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}
