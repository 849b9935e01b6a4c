package dev.laneway.standalone.catalogue;

import dev.laneway.standalone.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code catalogue}: what models cost and can do, as this release and the file over it say. */
@Command(
        name = "catalogue",
        description = "Shows what models cost and can do, checks that, and takes newer prices without a new release.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CatalogueCheckCommand.class,
            CatalogueDiffCommand.class,
            CatalogueUpdateCommand.class,
            CatalogueShowCommand.class
        },
        footer = {
            "",
            "A running gateway has a change of the file in force within a few seconds. The file is catalogue.txt beside the data"
                    + " folder, in a folder state; LANEWAY_CATALOGUE names another."
        })
public final class CatalogueCommand extends CommandGroup {}
