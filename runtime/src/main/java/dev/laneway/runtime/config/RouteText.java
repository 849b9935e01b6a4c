package dev.laneway.runtime.config;

import dev.laneway.contracts.Zone;

/** Writes a route report for people: an alias, what it is for and why, then its hops in order. */
final class RouteText {
    private RouteText() {}

    static String of(RouteReport report) {
        StringBuilder text = new StringBuilder();
        for (RouteReport.Entry route : report.routes()) {
            text.append(route.route())
                    .append("  lane ")
                    .append(route.lane())
                    .append(", ")
                    .append(route.privacy().id())
                    .append(", zone ")
                    .append(route.zone().id())
                    .append(route.fallback().equals("never") ? ", never falls back" : "")
                    .append(route.visible() ? "" : ", not listed")
                    .append('\n');
            if (!route.purpose().isEmpty()) {
                text.append("    for: ").append(route.purpose()).append('\n');
            }
            text.append("    why: ").append(route.why()).append('\n');
            hops(route, text);
            text.append('\n');
        }
        if (!report.unrouted().isEmpty()) {
            text.append("models that no route reaches: ")
                    .append(String.join(", ", report.unrouted()))
                    .append('\n');
        }
        if (report.routes().isEmpty()) {
            text.append("no route: no model can be called\n");
        }
        return text.append("config version ")
                .append(report.version())
                .append('\n')
                .toString();
    }

    private static void hops(RouteReport.Entry route, StringBuilder text) {
        int number = 0;
        for (RouteReport.Hop hop : route.hops()) {
            text.append("    ")
                    .append(++number)
                    .append(". ")
                    .append(hop.name())
                    .append(
                            number == 1
                                    ? ""
                                    : ", after " + hop.after() + " ("
                                            + hop.origin().id() + ")")
                    .append('\n');
            for (RouteReport.Target target : hop.deployments()) {
                text.append("         ")
                        .append(target.model())
                        .append(target.zone() == Zone.LOCAL ? "  local" : "  CLOUD")
                        .append(target.region() == null ? "" : " " + target.region())
                        .append(target.address() == null ? "" : "  " + target.address())
                        .append(target.inService() ? "  in service" : "  OUT OF SERVICE: " + target.reason())
                        .append('\n');
            }
        }
    }
}
