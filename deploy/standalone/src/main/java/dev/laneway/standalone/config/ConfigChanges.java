package dev.laneway.standalone.config;

import dev.laneway.runtime.config.ConfigDiff;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.ReachDiff;
import dev.laneway.runtime.config.RouteReport;
import dev.laneway.runtime.config.Secrets;

/** What changes from one config to another, for people: its meaning, then what routes gain in reach. */
final class ConfigChanges {
    private ConfigChanges() {}

    /** Empty where both mean the same. */
    static String text(ConfigResult.Valid before, ConfigResult.Valid after) {
        String changes = ConfigDiff.of(before, after).text();
        if (changes.isEmpty()) {
            return "";
        }
        String reach = ReachDiff.of(report(before), report(after)).text();
        return changes + "\n" + (reach.isEmpty() ? "no route can reach what it could not before\n" : reach);
    }

    private static RouteReport report(ConfigResult.Valid valid) {
        return RouteReport.of(valid.config(), new Secrets(Environment.system(), valid.literals()));
    }
}
