package dev.laneway.standalone.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.standalone.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CatalogueCommandTest {
    @TempDir
    private Path folder;

    private Path mine;

    @BeforeEach
    void write() throws IOException {
        mine = Files.writeString(folder.resolve("mine.txt"), """
                [openai] source=https://vendor.example/prices
                gpt-4o 2099-01-01 verified chat in=2 out=8
                my-model 2026-11-01 verified chat in=1 out=2 window=1000 most=100 can=tools
                """);
    }

    private record Ran(int exitCode, String out, String err) {}

    @Test
    void shouldShowAModel() {
        Ran ran = run("show", "anthropic/claude-opus-5");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains("anthropic/claude-opus-5 2026-08-06 verified chat in=5 out=25 cached=0.5 write=6.25")
                .contains("https://platform.claude.com");
    }

    @Test
    void shouldSayWhatFollowsWhereNobodyKnowsAModel() {
        Ran ran = run("show", "no-such-model");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("nobody knows no-such-model").contains("input_cost_per_token");
    }

    @Test
    void shouldFindTheReleasesOwnCatalogueGood() {
        Ran ran = run("check", "--months", "1200");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("0 errors, 0 warnings");
    }

    @Test
    void shouldRefuseAWrongCatalogueWhole() throws IOException {
        Files.writeString(mine, Files.readString(mine).replace("2026-11-01", "2026-11-31"));

        Ran check = run("check", mine.toString());
        Ran update = run("update", mine.toString());

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out()).contains("error: line 3 is no day such as 2026-08-06: 2026-11-31");
        assertThat(update.exitCode()).isEqualTo(1);
        assertThat(update.out()).contains("nothing is taken");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void shouldUseAnUpdateWithoutANewRelease() throws IOException {
        Files.writeString(mine, Files.readString(mine).replace("2099-01-01", "2026-11-01"));

        Ran diff = run("diff", mine.toString());
        Ran update = run("update", mine.toString());
        Ran show = run("show", "openai/my-model");
        Ran again = run("diff", mine.toString());

        assertThat(diff.exitCode()).isEqualTo(1);
        assertThat(diff.out()).contains("+ openai/my-model: in=1 out=2").contains("~ openai/gpt-4o: in=2.5 -> 2");
        assertThat(update.exitCode()).isZero();
        assertThat(update.out())
                .contains("written to " + folder.resolve("state").resolve("catalogue.txt"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("state").resolve("catalogue.txt")))
                .as("roles may run as another user")
                .contains(PosixFilePermission.OTHERS_READ);
        assertThat(show.out()).contains("openai/my-model 2026-11-01 verified chat in=1 out=2 window=1000");
        assertThat(again.exitCode()).isZero();
    }

    @Test
    void shouldSayThatThereIsNoSuchFile() {
        for (String command : List.of("check", "diff", "update")) {
            Ran ran = run(command, folder.resolve("none.txt").toString());

            assertThat(ran.exitCode()).as(command).isEqualTo(2);
            assertThat(ran.err()).contains("none.txt is not there");
        }
    }

    @Test
    void shouldNotWriteOverAFileThatItCantRead() throws IOException {
        Path inForce = Files.createDirectories(folder.resolve("state")).resolve("catalogue.txt");
        Files.writeString(inForce, "[openai]\nours 2026-11-01 verified chat in=1 out=\n");
        Files.writeString(mine, Files.readString(mine).replace("2099-01-01", "2026-11-01"));

        Ran update = run("update", mine.toString());
        Ran check = run("check", "--months", "1200");

        assertThat(update.exitCode()).isEqualTo(1);
        assertThat(update.out()).contains("is wrong in line 2").contains("mend or remove it first");
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(inForce).content().contains("ours");
    }

    @Test
    void shouldSayThatFeesOfAVendorAreNotTaken() throws IOException {
        Files.writeString(
                mine,
                "[openai] search=0.02 source=https://vendor.example\nmy-model 2026-11-01 verified chat in=1 out=2\n");

        assertThat(run("update", mine.toString()).out()).contains("! [openai] its fees and bounds are not taken");
    }

    @Test
    void shouldWantACommand() {
        assertThat(run().exitCode()).isEqualTo(2);
    }

    private Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("catalogue"));
        all.addAll(List.of(arguments));
        if (arguments.length > 0) {
            all.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        }
        int exitCode = command.execute(all.toArray(String[]::new));
        return new Ran(exitCode, out.toString(), err.toString());
    }
}
