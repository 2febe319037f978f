package org.trackerreports.benchmarks.chart;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.text.TextUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Panels as one picture. It has its own white background, so that it is readable on pages of any colour.
 *
 * @param title what the picture shows, for those who cannot see it
 * @param columns how many panels are beside each other
 * @param labelWidth pixels for the labels of each panel
 * @param panels row by row
 */
public record Chart(String title, int columns, int labelWidth, List<Panel> panels) {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final int WIDTH = 960;
    private static final int MARGIN = 12;

    /** Checks the panels. */
    public Chart {
        panels = List.copyOf(panels);
    }

    /** Writes the picture as SVG, and the directories that it needs. */
    public void write(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, svg());
    }

    /** The picture as SVG, whose texts are texts. It is the same for the same panels and the same fonts. */
    public String svg() {
        // No window is opened, also where there could be one.
        System.setProperty("java.awt.headless", "true");
        // Else the numbers of the axes would be outlines of letters.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
        Document document = document();
        SVGGraphics2D graphics = new SVGGraphics2D(SVGGeneratorContext.createDefault(document), false);
        List<Rectangle2D> places = places();
        Rectangle2D last = places.get(places.size() - 1);
        Dimension size = new Dimension(WIDTH, (int) last.getMaxY() + MARGIN);
        graphics.setSVGCanvasSize(size);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, size.width, size.height);
        for (int i = 0; i < panels.size(); i++) {
            Rectangle2D place = places.get(i);
            new PanelDrawing(panels.get(i), place.getWidth(), labelWidth)
                    .chart()
                    .draw(graphics, place);
        }
        return text(graphics, document, size);
    }

    private String text(SVGGraphics2D graphics, Document document, Dimension size) {
        Element root = graphics.getRoot();
        root.setAttribute("viewBox", "0 0 " + size.width + " " + size.height);
        root.setAttribute("role", "img");
        Element name = document.createElementNS(SVG, "title");
        name.setTextContent(title);
        root.insertBefore(name, root.getFirstChild());
        StringWriter text = new StringWriter();
        try {
            // Batik's own way adds a document type, which some programs would fetch from the network.
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.setOutputProperty(OutputKeys.INDENT, "yes");
            transformer.transform(new DOMSource(root), new StreamResult(text));
        } catch (TransformerException e) {
            throw new IllegalStateException("the picture is no XML", e);
        }
        return text.toString();
    }

    private List<Rectangle2D> places() {
        double width = (WIDTH - 2.0 * MARGIN) / columns;
        List<Rectangle2D> places = new ArrayList<>();
        double top = MARGIN;
        for (int first = 0; first < panels.size(); first += columns) {
            double height = 0;
            List<Panel> row = panels.subList(first, Math.min(first + columns, panels.size()));
            for (Panel panel : row) {
                height = Math.max(height, PanelDrawing.height(panel));
            }
            for (int column = 0; column < row.size(); column++) {
                places.add(new Rectangle2D.Double(MARGIN + column * width, top, width, height));
            }
            top += height;
        }
        return places;
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java has no XML", e);
        }
    }
}
