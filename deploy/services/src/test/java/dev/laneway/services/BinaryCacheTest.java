package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
    private static final String RESOURCE = "logback-test.xml";

    @TempDir
    Path folder;

    @Test
    void shouldUnpackOnce() throws Exception {
        AtomicInteger times = new AtomicInteger();
        BinaryCache.Unpacker unpacker =
                (in, into) -> Files.writeString(into.resolve("n" + times.incrementAndGet()), "");
        Path first = new BinaryCache(folder).unpacked("thing", RESOURCE, unpacker);

        Path second = new BinaryCache(folder).unpacked("thing", RESOURCE, unpacker);

        assertThat(second).isEqualTo(first);
        assertThat(times).hasValue(1);
    }

    @Test
    void shouldLetNobodyElseIn() throws Exception {
        Path unpacked = new BinaryCache(folder.resolve("new")).unpacked("thing", RESOURCE, (in, into) -> {});

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldLeaveNothingThatLooksCompleteWhenUnpackingFails() throws Exception {
        Throwable failure = catchThrowable(() -> new BinaryCache(folder).unpacked("thing", RESOURCE, (in, into) -> {
            Files.writeString(into.resolve("half"), "");
            throw new IOException("No space left on device");
        }));

        assertThat(failure).hasMessage("No space left on device");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldSayWhichSystemHasNoProgram() {
        Throwable failure = catchThrowable(
                () -> new BinaryCache(folder).unpacked("postgres", "postgres-plan9-mips.txz", (in, into) -> {}));

        assertThat(failure)
                .hasMessage("no postgres for this system (postgres-plan9-mips.txz) among Laneway's libraries");
    }

    @Test
    void shouldMakeACacheWhereTheUserHasNone() {
        assertThat(BinaryCache.isSafe(folder.resolve("a/laneway"))).isTrue();
    }

    @Test
    void shouldNotUseACacheThatOthersCanWrite() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(BinaryCache.isSafe(folder)).isFalse();
    }

    @Test
    void shouldNotUseACacheBelowNoHome() {
        assertThat(BinaryCache.isSafe(Path.of("?/.cache/laneway"))).isFalse();
    }
}
