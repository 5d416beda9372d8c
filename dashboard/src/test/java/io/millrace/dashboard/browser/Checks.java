package io.millrace.dashboard.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

/** What must hold on every view. */
final class Checks {

    private static final int TAB_STOPS = 25;

    /** WCAG 2.2, 1.4.3: text at 4.5:1. Transparent layers are blended; texts of one look are told of once. */
    private static final String LOW_CONTRAST = """
        const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        const blend = (colours) => {
          context.clearRect(0, 0, 1, 1);
          for (const colour of colours) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
          return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        const light = (rgb) => {
          const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const found = new Map();
        let texts = 0;
        const judge = (element, pseudo) => {
          const layers = [];
          for (let e = element; e; e = e.parentElement) layers.unshift(getComputedStyle(e).backgroundColor);
          layers.unshift('white');
          const colour = getComputedStyle(element, pseudo).color;
          const [a, b] = [light(blend(layers)), light(blend([...layers, colour]))];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          texts++;
          if (ratio < 4.5) found.set(`${element.tagName}.${element.className}${pseudo ?? ''}`, `${ratio.toFixed(2)} ${element.textContent.slice(0, 30)}`);
        };
        for (const element of document.querySelectorAll('body *')) {
          if (!element.checkVisibility() || element.disabled || element.classList.contains('hidden')) continue;
          if ([...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) judge(element);
          if (element.placeholder) judge(element, '::placeholder');
        }
        return [String(texts), ...[...found].map(([k, v]) => `${k}: ${v}`)];
        """;

    private static final String CONTROLS =
            "return [...document.querySelectorAll('a[href], button, input, select, summary, [role=button], [role=log],"
                    + " [role=region], dialog[open]')].filter((e) => e.checkVisibility()).slice(0, 60)";

    private static final String FOCUS_RING = """
        const e = document.activeElement;
        if (!e || e === document.body) return 'none';
        const style = getComputedStyle(e);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 ? 'seen' : `unseen on ${e.outerHTML.slice(0, 120)}`;
        """;

    private Checks() {}

    static void consoleIsClean(Browser browser) {
        assertEquals(List.of(), browser.problems());
    }

    static void contrastIsEnough(Browser browser, String where) {
        List<?> result = (List<?>) browser.js(LOW_CONTRAST);
        assertTrue(Integer.parseInt((String) result.get(0)) > 5, where + " has hardly any text");
        assertEquals(List.of(), result.subList(1, result.size()), where);
    }

    /** As the browser's own accessibility tree has them. */
    static void everyControlHasAName(Browser browser, String where) {
        List<?> controls = (List<?>) browser.js(CONTROLS);
        assertTrue(controls.size() > 8, where + " has hardly any control");
        for (Object control : controls) {
            WebElement element = (WebElement) control;
            try {
                assertTrue(
                        !element.getAccessibleName().isBlank(),
                        () -> where + ": no name on " + element.getDomProperty("outerHTML"));
            } catch (StaleElementReferenceException e) {
                // A refresh came between: its successor has the same name.
            }
        }
    }

    static void focusIsSeen(Browser browser, String where) {
        for (int i = 0; i < TAB_STOPS; i++) {
            browser.press(Keys.TAB);
            Object ring = browser.js(FOCUS_RING);
            assertTrue("seen".equals(ring) || "none".equals(ring), () -> where + ": " + ring);
        }
    }

    static void nothingIsWiderThanTheScreen(Browser browser, String where) {
        assertEquals(List.of(), browser.js("""
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1)
              .slice(0, 5).map((e) => `${e.tagName}.${e.className}: ${e.getBoundingClientRect().right} of ${width}`);
            """), where);
    }
}
