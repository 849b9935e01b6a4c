package dev.laneway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
    @ParameterizedTest
    @ValueSource(strings = {"request", "request-extras"})
    void shouldKeepWhatOfARequestIsNotSaidAnew(String golden) throws IOException {
        Request request = golden(golden, Request.class);

        assertThat(new RequestDraft(request).build()).isEqualTo(request);
    }

    @Test
    void shouldRefuseARequestThatLacksWhatItNeeds() {
        RequestDraft draft = new RequestDraft().id("req_1").owner("owner").route("route");

        assertThatNullPointerException().isThrownBy(draft::build).withMessage("lane");
    }

    @Test
    void shouldKeepAllOfAKeyButWhoMadeItSo() throws IOException {
        Control.Key key = (Control.Key) golden("control-key", Control.class);

        Control.Key after = key.by("cmd_9", 9);

        assertThat(after).isNotEqualTo(key);
        assertThat(after.by("cmd_1", key.version())).isEqualTo(key);
    }

    @Test
    void shouldLetTheSecretOfBeforeOpenForAsLongAsWasSaid() {
        KeyDraft draft = new KeyDraft("key_1", "aa", 1).hint("x7Qz");

        Control.Key rotated = draft.rotate("bb", "y8Rw", 100).build();
        Control.Key again = draft.rotate("cc", null, 0).build();

        assertThat(rotated.previousSha256()).isEqualTo("aa");
        assertThat(rotated.previousUntil()).isEqualTo(100);
        assertThat(again.sha256()).isEqualTo("cc");
        assertThat(again.hint()).isNull();
        assertThat(again.previousSha256()).isNull();
    }

    private static <T> T golden(String name, Class<T> type) throws IOException {
        try (InputStream file = DraftTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            return new JsonMapper().readValue(file, type);
        }
    }
}
