package dev.laneway.standalone.catalogue;

import dev.laneway.runtime.catalogue.Catalogue;
import dev.laneway.runtime.catalogue.CatalogueCheck;
import dev.laneway.runtime.catalogue.CatalogueFile;
import dev.laneway.runtime.catalogue.CatalogueText;
import dev.laneway.runtime.catalogue.CatalogueUpdate;
import dev.laneway.standalone.cli.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code catalogue update FILE}: newer prices, without a new release. */
@Command(
        name = "update",
        description = {
            "Takes what another catalogue says of models into the file of rows beside this release's. All of it is checked"
                    + " first; with one error nothing is taken.",
            "Exit code 0: taken, or nothing to take, 1: refused, 2: wrong usage, or there is no such file."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CatalogueUpdateCommand implements Callable<Integer> {
    private static final int MONTHS = 6;
    private static final String COMMENT =
            "Beside the rows of Laneway's own catalogue: of a model the later one counts. Written by ./laneway catalogue update.";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CatalogueOptions options;

    @Mixin
    private CatalogueSource source;

    @Override
    public Integer call() throws IOException {
        CatalogueUpdate.Read read = source.read(spec);
        CatalogueFile inForce = options.open();
        CatalogueUpdate update = CatalogueUpdate.of(inForce.catalogue(), read.catalogue(), CatalogueOptions.today());
        Catalogue after = update.over(inForce.ownRows());
        List<String> errors = new ArrayList<>(read.problems());
        if (inForce.trouble() != null) {
            errors.add(options.place() + " " + inForce.trouble()
                    + ": mend or remove it first, or what it has would be lost");
        }
        errors.addAll(CatalogueCheck.of(after, CatalogueOptions.today(), MONTHS).errors());
        PrintWriter out = spec.commandLine().getOut();
        if (!errors.isEmpty()) {
            CatalogueOptions.print(out, "error: ", errors);
            out.println("nothing is taken from " + source.file());
            out.flush();
            return Exit.FAILED;
        }
        read.refused().forEach(refused -> out.println("! " + refused));
        update.refused().forEach(refused -> out.println("! " + refused));
        CatalogueDiffCommand.notTaken(read).forEach(line -> out.println("! " + line));
        if (!update.changes().isEmpty()) {
            write(options.place(), CatalogueText.write(after, COMMENT));
        }
        out.println(CatalogueDiffCommand.summary(update, read));
        out.println(update.changes().isEmpty() ? "nothing to take" : "written to " + options.place());
        out.flush();
        return 0;
    }

    /** Whole or not at all: a gateway may read it meanwhile. */
    private static void write(Path place, String text) throws IOException {
        Path folder = place.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, "catalogue", ".new");
        try {
            Files.writeString(beside, text);
            if (Files.getFileStore(beside).supportsFileAttributeView(PosixFileAttributeView.class)) {
                // no secret, and roles may run as others
                Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
