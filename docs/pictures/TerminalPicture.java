import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws what a command printed as a terminal, in SVG: {@code java TerminalPicture.java FILE COMMAND}. The output is standard input. */
final class TerminalPicture {

    private static final int COLUMNS = 112;
    private static final double COLUMN_PIXELS = 7.8;
    private static final int LINE_PIXELS = 18;
    private static final int MARGIN = 14;

    private TerminalPicture() {}

    public static void main(String[] words) throws IOException {
        List<String> lines = new ArrayList<>();
        wrap("$ " + words[1], lines);
        try (BufferedReader output = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            output.lines().forEach(line -> wrap(line.stripTrailing(), lines));
        }
        int width = (int) (COLUMNS * COLUMN_PIXELS) + 2 * MARGIN;
        int height = lines.size() * LINE_PIXELS + 2 * MARGIN;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\">%n<title>%3$s</title>%n"
                        + "<rect width=\"%1$d\" height=\"%2$d\" rx=\"8\" fill=\"#15191f\"/>%n"
                        + "<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\" fill=\"#e6edf3\">%n",
                width, height, escaped("What " + words[1] + " prints")));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty()) {
                // A fixed length, so that columns agree in any font.
                svg.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\">%s</text>%n",
                        MARGIN, (i + 1) * LINE_PIXELS + MARGIN / 2, line.length() * COLUMN_PIXELS, escaped(line)));
            }
        }
        Files.writeString(Path.of(words[0]), svg.append("</g>\n</svg>\n"));
    }

    /** As a terminal does: where the line ends, also in the middle of a word. */
    private static void wrap(String line, List<String> lines) {
        for (int from = 0; from == 0 || from < line.length(); from += COLUMNS) {
            lines.add(line.substring(from, Math.min(line.length(), from + COLUMNS)).stripTrailing());
        }
    }

    private static String escaped(String text) {
        // Programs that show pictures join several spaces, but not these.
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace(' ', '\u00a0');
    }
}
