package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyGeneratorTest {
    @Test
    void shouldMakeKeysOfOneForm() {
        assertThat(KeyGenerator.secure().next().reveal()).matches("sk-lw-[0-9A-Za-z]{32}");
    }

    @Test
    void shouldUseEveryCharacterAndRepeatNothing() {
        KeyGenerator generator = KeyGenerator.secure();
        Set<String> keys = new HashSet<>();
        Set<Integer> characters = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            String key = generator.next().reveal();
            keys.add(key);
            key.substring(KeyGenerator.PREFIX.length()).chars().forEach(characters::add);
        }
        assertThat(keys).hasSize(200);
        assertThat(characters).hasSize(62);
    }

    @Test
    void shouldHashAsSha256() {
        assertThat(KeyGenerator.hash(new SecretText("abc")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void shouldPrintNoKey() {
        assertThat(KeyGenerator.secure().next().toString()).isEqualTo("***");
    }
}
