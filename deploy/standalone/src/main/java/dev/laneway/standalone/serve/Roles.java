package dev.laneway.standalone.serve;

import dev.laneway.accounting.AccountingRole;
import dev.laneway.accounting.AccountingSettings;
import dev.laneway.accounting.control.ConfigFeed;
import dev.laneway.contracts.Zone;
import dev.laneway.ingress.IngressRole;
import dev.laneway.ingress.IngressSettings;
import dev.laneway.provider.ProviderRole;
import dev.laneway.provider.ProviderSettings;
import dev.laneway.router.RouterRole;
import dev.laneway.router.RouterRoleSettings;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.role.Role;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** The four roles, as this program sets them up. */
final class Roles {
    private Roles() {}

    static Role ingress(String host, int port, int workers, Duration grace) {
        IngressSettings unsaid = IngressSettings.at(host, port);
        int loops = workers <= 1 ? unsaid.loops() : workers;
        return new IngressRole(new IngressSettings(host, port, loops, unsaid.waits(), unsaid.bounds(), grace));
    }

    static Role router(Set<Zone> zones) {
        return new RouterRole(RouterRoleSettings.defaults().withZones(zones));
    }

    static Role providers(Set<Zone> zones) {
        return new ProviderRole(ProviderSettings.defaults().withZones(zones));
    }

    static Role accounting(ConfigFeed config, Consumer<SecretText> showMasterKey) {
        return new AccountingRole(new AccountingSettings(config, showMasterKey));
    }
}
