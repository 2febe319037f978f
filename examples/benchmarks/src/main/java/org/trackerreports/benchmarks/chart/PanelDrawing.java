package org.trackerreports.benchmarks.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.io.Serial;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.text.TextBlock;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** One panel, drawn by the library of charts. */
final class PanelDrawing {

    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 12);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final Font SMALL_BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 11);
    private static final Color INK = new Color(0x24292F);
    private static final Color OWN = new Color(0x1F6FB2);
    private static final Color OTHER = new Color(0xAEB6BF);
    private static final Color GRID = new Color(0xD8DEE4);

    private static final int BAR_PIXELS = 30;
    private static final int TITLE_AND_AXIS_PIXELS = 88;
    private static final int LABEL_GAP_PIXELS = 16;
    private static final double MOST_TICKS = 6;

    private static final int END_PIXELS = 24;
    private static final int LETTER_PIXELS = 7;
    private static final double LEAST_SHARE = 0.3;

    private final Panel panel;
    private final double width;
    private final int labelWidth;

    PanelDrawing(Panel panel, double width, int labelWidth) {
        this.panel = panel;
        this.width = width;
        this.labelWidth = labelWidth;
    }

    static int height(Panel panel) {
        return TITLE_AND_AXIS_PIXELS + BAR_PIXELS * panel.bars().size();
    }

    JFreeChart chart() {
        CategoryPlot plot = new CategoryPlot(bars(), labels(), figures(), renderer());
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(GRID);
        plot.setRangeGridlineStroke(new BasicStroke(1));
        AxisSpace space = new AxisSpace();
        space.setLeft(labelWidth);
        // All panels begin at the same place, however long their labels are.
        plot.setFixedDomainAxisSpace(space);
        JFreeChart chart = new JFreeChart(null, BOLD, plot, false);
        TextTitle title = new TextTitle(panel.title(), BOLD);
        title.setPaint(INK);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setPadding(6, 0, 4, 0);
        chart.setTitle(title);
        // The last number of the axis reaches beyond its end.
        chart.setPadding(new RectangleInsets(0, 0, 0, END_PIXELS));
        chart.setBackgroundPaint(Color.WHITE);
        return chart;
    }

    private CategoryDataset bars() {
        DefaultCategoryDataset bars = new DefaultCategoryDataset();
        for (int i = 0; i < panel.bars().size(); i++) {
            bars.addValue(
                    Math.max(panel.bars().get(i).value(), lowest()),
                    "",
                    new Row(i, panel.bars().get(i).label()));
        }
        return bars;
    }

    private CategoryAxis labels() {
        CategoryAxis axis = new Labels();
        axis.setTickLabelFont(SMALL);
        axis.setTickLabelPaint(INK);
        axis.setAxisLinePaint(GRID);
        axis.setTickMarksVisible(false);
        axis.setLowerMargin(0.02);
        axis.setUpperMargin(0.02);
        axis.setMaximumCategoryLabelLines(3);
        axis.setMaximumCategoryLabelWidthRatio((float) ((labelWidth - LABEL_GAP_PIXELS) / width));
        for (int i = 0; i < panel.bars().size(); i++) {
            Bar bar = panel.bars().get(i);
            if (bar.highlighted()) {
                axis.setTickLabelFont(new Row(i, bar.label()), SMALL_BOLD);
            }
        }
        return axis;
    }

    private ValueAxis figures() {
        double highest = panel.bars().stream().mapToDouble(Bar::value).max().orElse(lowest());
        ValueAxis axis;
        if (panel.scale() == Panel.Scale.LOGARITHMIC) {
            LogAxis logarithmic = new LogAxis(panel.unit() + ", logarithmic");
            double powers = Math.log10(highest / lowest()) / shareOfBars();
            logarithmic.setNumberFormatOverride(numbers());
            logarithmic.setTickUnit(new NumberTickUnit(Math.ceil(powers / MOST_TICKS)));
            logarithmic.setRange(lowest(), lowest() * Math.pow(10, powers));
            axis = logarithmic;
        } else {
            NumberAxis linear = new NumberAxis(panel.unit());
            linear.setNumberFormatOverride(numbers());
            linear.setRange(0, highest == 0 ? 1 : highest / shareOfBars());
            axis = linear;
        }
        axis.setLabelFont(TEXT);
        axis.setLabelPaint(INK);
        axis.setTickLabelFont(TEXT);
        axis.setTickLabelPaint(INK);
        axis.setAxisLinePaint(GRID);
        axis.setTickMarkPaint(GRID);
        return axis;
    }

    /** How much of the axis the longest bar takes. The rest is for the figures behind the bars. */
    private double shareOfBars() {
        int letters =
                panel.bars().stream().mapToInt(bar -> bar.text().length()).max().orElse(0) + 1;
        return Math.max(LEAST_SHARE, 1 - letters * LETTER_PIXELS / (width - labelWidth - END_PIXELS));
    }

    private static NumberFormat numbers() {
        NumberFormat numbers = NumberFormat.getNumberInstance(Locale.ROOT);
        numbers.setMaximumFractionDigits(3);
        return numbers;
    }

    /** Where the bars begin: at zero, or at a power of ten below all of them. */
    private double lowest() {
        if (panel.scale() == Panel.Scale.LINEAR) {
            return 0;
        }
        double smallest = panel.bars().stream()
                .mapToDouble(Bar::value)
                .filter(value -> value > 0)
                .min()
                .orElse(1);
        // A bar of exactly a power of ten would have no length.
        return Math.pow(10, Math.floor(Math.log10(smallest * 0.8)));
    }

    private BarRenderer renderer() {
        BarRenderer renderer = new Colours(panel.bars());
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setBase(lowest());
        renderer.setItemMargin(0);
        renderer.setDefaultItemLabelGenerator(new Figures(panel.bars()));
        renderer.setDefaultItemLabelsVisible(true);
        renderer.setDefaultItemLabelFont(TEXT);
        renderer.setDefaultItemLabelPaint(INK);
        renderer.setDefaultPositiveItemLabelPosition(
                new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
        return renderer;
    }

    /** The key of a bar in the library's data, which asks for different ones though labels may be the same. */
    private record Row(int index, String label) implements Comparable<Row> {

        @Override
        public int compareTo(Row other) {
            return Integer.compare(index, other.index);
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private static final class Labels extends CategoryAxis {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        @SuppressWarnings("rawtypes") // as in the library
        protected TextBlock createLabel(Comparable category, float width, RectangleEdge edge, Graphics2D graphics) {
            TextBlock label = super.createLabel(category, width, edge, graphics);
            label.setLineAlignment(HorizontalAlignment.RIGHT);
            return label;
        }
    }

    private static final class Colours extends BarRenderer {

        @Serial
        private static final long serialVersionUID = 1;

        private final transient List<Bar> bars;

        Colours(List<Bar> bars) {
            this.bars = bars;
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            return bars.get(column).highlighted() ? OWN : OTHER;
        }
    }

    private static final class Figures extends StandardCategoryItemLabelGenerator {

        @Serial
        private static final long serialVersionUID = 1;

        private final transient List<Bar> bars;

        Figures(List<Bar> bars) {
            this.bars = bars;
        }

        @Override
        public String generateLabel(CategoryDataset dataset, int row, int column) {
            return bars.get(column).text();
        }
    }
}
