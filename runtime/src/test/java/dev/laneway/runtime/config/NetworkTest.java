package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/31, 10.1.2.2, true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "0.0.0.0/0, 1.2.3.4, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "127.0.0.0/8, ::ffff:127.0.0.1, true",
        "::1, [::1], true",
    })
    void shouldContain(String network, String address, boolean within) {
        assertThat(Objects.requireNonNull(Network.of(network))
                        .contains(Objects.requireNonNull(Network.address(address))))
                .isEqualTo(within);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0/8",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "::/129",
                "999.0.0.1",
                "1"
            })
    void shouldBeNone(String text) {
        assertThat(Network.of(text)).isNull();
    }

    @Test
    void shouldSayItself() {
        assertThat(Network.of("10.1.2.3/8")).hasToString("10.0.0.0/8");
    }
}
