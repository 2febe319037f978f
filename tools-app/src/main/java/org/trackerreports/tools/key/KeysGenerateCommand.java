package org.trackerreports.tools.key;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.key.AdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.OutputFolder;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.Shell;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Generates the keys of new tags. */
@Command(name = "generate")
final class KeysGenerateCommand extends ToolCommand implements Callable<Integer> {

    private static final int MAX_COUNT = 10_000;

    @Option(names = "--count", paramLabel = "N", defaultValue = "1")
    private int count;

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "tag")
    private String name;

    @Mixin
    private OutputFolder folder;

    @Mixin
    private JsonOption reading;

    private final SecureRandom random;

    @Inject
    KeysGenerateCommand(CommandContext context, SecureRandom random) {
        super(context);
        this.random = random;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        if (count < 1 || count > MAX_COUNT) {
            throw new CommandFailure(ExitCode.USAGE, "--count is " + count + "; expected 1 to " + MAX_COUNT + ".");
        }
        if (!NamedKeys.isName(name)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--name is '" + Printable.of(name) + "'; expected a text such as tag.");
        }
        List<NamedKeys> tags = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            StaticKeys keys = new StaticKeys(List.of(PrivateTrackerKey.generate(random)));
            tags.add(new NamedKeys(count == 1 ? name : name + "-" + number, keys, Optional.empty()));
        }
        requireFree(tags);
        SecretFileWriter.makeFolder(folder.folder());
        for (NamedKeys tag : tags) {
            StaticKeys keys = (StaticKeys) tag.keys();
            SecretFileWriter.write(keysFile(tag), KeyFiles.writeKeysText(keys));
            SecretFileWriter.write(firmwareFile(tag), firmware(keys));
        }
        SecretFileWriter.write(devicesFile(), KeyFiles.writeDevicesJson(tags));
        print(tags);
        note("Import them: findmy tools trackers import "
                + Shell.word(devicesFile().toString()));
        tags.forEach(tag -> tag.keys().wipe());
        return ExitCode.DONE;
    }

    private void requireFree(List<NamedKeys> tags) throws CommandFailure {
        List<Path> files = new ArrayList<>(List.of(devicesFile()));
        tags.forEach(tag -> files.addAll(List.of(keysFile(tag), firmwareFile(tag))));
        SecretFileWriter.requireFree(files);
    }

    private Path keysFile(NamedKeys tag) {
        return folder.resolve(SecretFileWriter.fileName(tag.name()) + ".keys");
    }

    private Path firmwareFile(NamedKeys tag) {
        return folder.resolve(SecretFileWriter.fileName(tag.name()) + ".bin");
    }

    private Path devicesFile() {
        return folder.resolve(SecretFileWriter.fileName(name) + "-devices.json");
    }

    /** The form that firmware is flashed with: how many keys, then what is advertised. Holds no secret. */
    private static byte[] firmware(StaticKeys keys) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(keys.keys().size());
        keys.keys().forEach(key -> bytes.writeBytes(key.advertisementKey().bytes()));
        return bytes.toByteArray();
    }

    private void print(List<NamedKeys> tags) {
        TextTable table = new TextTable("TAG", "HASHED ADVERTISEMENT KEY", "BLUETOOTH ADDRESS", "FILE");
        ArrayNode array = Json.array();
        for (NamedKeys tag : tags) {
            AdvertisementKey key = ((StaticKeys) tag.keys()).keys().get(0).advertisementKey();
            table.row(
                    tag.name(),
                    key.hashed().base64(),
                    key.macAddress(),
                    keysFile(tag).toString());
            array.addObject()
                    .put("tracker", tag.name())
                    .put("hashed_adv_key", key.hashed().base64())
                    .put("adv_key", key.base64())
                    .put("mac_address", key.macAddress())
                    .put("keys_file", keysFile(tag).toString())
                    .put("firmware_file", firmwareFile(tag).toString())
                    .put("devices_file", devicesFile().toString());
        }
        reading.print(() -> array, () -> table);
    }
}
