package dev.laneway.dialects.failures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final long NOW = 1_792_000_000_000L; // Wed, 14 Oct 2026 16:26:40 GMT

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    retry-after    | 1                             | 1000
                    retry-after    | 0.25                          | 250
                    retry-after    | 0                             | 0
                    retry-after    | -3                            | 0
                    retry-after    | soon                          | 0
                    retry-after    | NaN                           | 0
                    retry-after    | 999999999                     | 86400000
                    retry-after    | Wed, 14 Oct 2026 17:46:50 GMT | 10000
                    retry-after    | Wed, 14 Oct 2026 10:00:00 GMT | 0
                    retry-after-ms | 120                           | 120
                    x-other        | 5                             | 0
                    """)
    void shouldReadWhatVendorsSend(String header, String value, long millis) {
        var wait = RetryAfter.millis(name -> Map.of(header, value).get(name), NOW);

        assertThat(wait).isEqualTo(millis);
    }
}
