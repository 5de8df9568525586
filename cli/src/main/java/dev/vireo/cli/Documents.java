package dev.vireo.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what a distribution holds beside the jars: manual pages, completions, and the stamp of the jars. */
public final class Documents {
    private Documents() {}

    /**
     * Writes {@code man/man1}, {@code completions} and {@code stamp}.
     *
     * @param args the directory where they go, the version to be shown, and the time of the build as in ISO 8601
     * @throws IOException if they cannot be written there
     * @throws NoSuchAlgorithmException never
     */
    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        Path directory = Path.of(args[0]);
        CommandLine tool = Specs.withCommands(Commands.NAMES);
        writeManPages(
                tool,
                Files.createDirectories(directory.resolve("man/man1")),
                "vireo " + args[1],
                args[2].substring(0, 10));
        writeCompletions(AutoComplete.bash("vireo", tool), Files.createDirectories(directory.resolve("completions")));
        Files.writeString(directory.resolve("stamp"), stamp() + "\n");
    }

    private static void writeManPages(CommandLine tool, Path directory, String source, String date) throws IOException {
        writeManPage(tool, directory, source, date);
        for (CommandLine command : tool.getSubcommands().values()) {
            writeManPage(command, directory, source, date);
        }
    }

    private static void writeManPage(CommandLine command, Path directory, String source, String date)
            throws IOException {
        Path file = directory.resolve(ManPage.name(command.getCommandSpec()) + ".1");
        Files.writeString(file, ManPage.of(command.getCommandSpec(), source, date));
    }

    private static void writeCompletions(String bash, Path directory) throws IOException {
        // it is read, not run; and the generator says when it ran, which no two builds would agree on
        String script = bash.lines()
                .filter(line ->
                        !line.startsWith("#!") && !line.startsWith("# Generated") && !line.startsWith("# Date:"))
                .map(line -> line + "\n")
                .reduce("", String::concat);
        Files.writeString(Files.createDirectories(directory.resolve("bash")).resolve("vireo"), script);
        // zsh has bash's complete, but not its compopt, and what the script has instead is of no use in an fpath
        Files.writeString(
                Files.createDirectories(directory.resolve("zsh")).resolve("_vireo"),
                "#compdef vireo\n" + script
                        + "compopt() { return 0; }\n_bash_complete -o default -F _complete_vireo\n");
    }

    private static String stamp() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(jar);
            if (Files.isRegularFile(path)) {
                digest.update(String.valueOf(path.getFileName()).getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(path));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
