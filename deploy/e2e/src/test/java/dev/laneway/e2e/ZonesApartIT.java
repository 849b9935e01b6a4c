package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Principal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The contract over processes of which each has its own password for the broker and no other: routers and workers of one zone each, as
 * they are where zones are to be kept apart. So the plan of rights is enough for everything that a gateway does.
 */
@Tag("processes")
class ZonesApartIT extends GatewayContract {
    private static final Map<String, Principal> LOGINS = Map.of(
            "accounting-0", Principal.ACCOUNTING,
            "accounting-1", Principal.ACCOUNTING,
            "router-worker-0", Principal.ROUTER_LOCAL,
            "router-worker-1", Principal.ROUTER_CLOUD,
            "provider-workers-0", Principal.WORKER_LOCAL,
            "provider-workers-1", Principal.WORKER_CLOUD,
            "ingress-0", Principal.INGRESS,
            "ingress-1", Principal.INGRESS);

    @Override
    Gateway start(Path folder) throws Exception {
        return SeparateProcesses.start(servers, config(), folder, name -> Set.of(LOGINS.get(name)));
    }

    /** Nobody here may read everything: what a process shows is what it may read itself, and it says that there may be more. */
    @Test
    @Override
    void shouldTellWhereARequestWent() throws Exception {
        HttpResponse<String> answer = Http.chat(gateway, Http.question("smart"));
        String id = Http.header(answer, "x-request-id");
        oracle.awaitTerminal(id);

        HttpResponse<String> trace = Http.send(HttpRequest.newBuilder(URI.create(gateway.management() + "/trace/" + id))
                .GET()
                .build());

        assertThat(trace.statusCode()).isEqualTo(200);
        assertThat(trace.body()).contains("lw.usage", "there may be more").doesNotContain("lw.cloud.attempts.");
    }
}
