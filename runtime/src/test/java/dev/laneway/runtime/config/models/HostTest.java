package dev.laneway.runtime.config.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, LOOPBACK",
        "LOCALHOST., LOOPBACK",
        "a.localhost, LOCAL_NAME",
        "127.0.0.1, LOOPBACK",
        "127.255.1.2, LOOPBACK",
        "[::1], LOOPBACK",
        "10.0.0.1, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.1.20, PRIVATE",
        "[fd12:3456:789a::1], PRIVATE",
        "[fc00::1], PRIVATE",
        "ollama, LOCAL_NAME",
        "gpu-1.lan, LOCAL_NAME",
        "nas.local, LOCAL_NAME",
        "host.docker.internal, LOCAL_NAME",
        "vllm.models.svc.cluster.local, LOCAL_NAME",
        "100.64.0.1, OVERLAY",
        "100.127.255.1, OVERLAY",
    })
    void shouldTellWhatMayBeInside(String host, Host expected) {
        assertThat(Host.of(host)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.openai.com",
                "8.8.8.8",
                "172.15.255.255",
                "172.32.0.1",
                "192.169.0.1",
                "11.0.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "169.254.169.254",
                "0.0.0.0",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "internal.example.com",
                "notlocal.io",
                "[2001:db8::1]",
                "[::ffff:8.8.8.8]",
                "[::ffff:10.0.0.1]",
                "[64:ff9b::a00:1]",
                "[fe80::1]",
                "[fcff]",
                "[fd::1]",
            })
    void shouldTellWhatIsPublic(String host) {
        assertThat(Host.of(host)).isEqualTo(Host.PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "134744072",
                "0x7f000001",
                "127.1",
                "10.0.1",
                "0177.0.0.1",
                "127.0.0.01",
                "1.2.3.4.5",
                "300.1.1.1",
                "0x7f.1",
                ""
            })
    void shouldTrustNoDisguisedAddress(String host) {
        assertThat(Host.of(host)).isEqualTo(Host.DISGUISED);
    }

    @Test
    void shouldReadOllamasHostAsOllamaDoes() {
        assertThat(OllamaHost.url("0.0.0.0")).isEqualTo("http://127.0.0.1:11434");
        assertThat(OllamaHost.url("0.0.0.0:8080")).isEqualTo("http://127.0.0.1:8080");
        assertThat(OllamaHost.url("gpu.lan")).isEqualTo("http://gpu.lan:11434");
        assertThat(OllamaHost.url(":9999")).isEqualTo("http://127.0.0.1:9999");
        assertThat(OllamaHost.url("[::1]")).isEqualTo("http://[::1]:11434");
        assertThat(OllamaHost.url("https://gpu.example/")).isEqualTo("https://gpu.example");
        assertThat(OllamaHost.url("http://10.1.2.3:11434")).isEqualTo("http://10.1.2.3:11434");
    }
}
