#include "share/page.h"

#include <cmath>
#include <cstring>
#include <map>

#include "base/errors.h"
#include "base/image_shape.h"
#include "base/number_text.h"
#include "base/time_text.h"
#include "base/version.h"
#include "embedded_page.h"
#include "files/base64.h"
#include "files/image/png.h"
#include "records/comparison_tables.h"
#include "share/page_data.h"

namespace lf::share {
namespace {

using records::html_text;

std::string embedded(const std::string& name) {
  for (const EmbeddedFile& file : kEmbeddedFiles)
    if (name == file.name) return file.text;
  throw RunError("the page of share lacks its part " + name);
}

/// Replaces every {{name}} of the template, in one pass: values are never searched again.
std::string filled(const std::string& text, const std::map<std::string, std::string>& values) {
  std::string result;
  size_t at = 0;
  for (size_t open = text.find("{{"); open != std::string::npos; open = text.find("{{", at)) {
    const size_t close = text.find("}}", open);
    result += text.substr(at, open - at) + values.at(text.substr(open + 2, close - open - 2));
    at = close + 2;
  }
  return result + text.substr(at);
}

std::string rows(const std::vector<Fact>& facts, const std::string& value_class = "") {
  std::string html;
  const std::string open = value_class.empty() ? "<td>" : "<td class=\"" + value_class + "\">";
  for (const auto& [name, value] : facts)
    html += "<tr><th scope=\"row\">" + html_text(name) + "</th>" + open + html_text(value) + "</td></tr>\n";
  return html;
}

/// Images of a sheet in a grid as a PNG; `order(row, column)` is the index of an image.
template <class Order>
std::string png_grid(const ImageSheet& sheet, int64_t grid_rows, int64_t columns, Order order) {
  const auto h = static_cast<int64_t>(sheet.shape.height), w = static_cast<int64_t>(sheet.shape.width);
  files::Image8 image{static_cast<int>(columns * w), static_cast<int>(grid_rows * h), 1, {}};
  image.pixels.resize(static_cast<size_t>(grid_rows * columns * h * w));
  for (int64_t r = 0; r < grid_rows; ++r)
    for (int64_t c = 0; c < columns; ++c)
      for (int64_t y = 0; y < h; ++y)
        std::memcpy(image.pixels.data() + ((r * h + y) * columns + c) * w,
                    sheet.image(static_cast<size_t>(order(r, c))).pixels + y * w, static_cast<size_t>(w));
  return "data:image/png;base64," + files::base64(files::encode_png(image));
}

std::string absent(const std::string& reason) {
  return "<p class=\"absent\">" + html_text(reason) + "</p>\n";
}

std::string time_lapse_html(const ShareContent& content) {
  if (!content.time_lapse) return absent(content.no_time_lapse);
  const TimeLapse& lapse = *content.time_lapse;
  const auto marks = static_cast<int64_t>(lapse.steps.size());
  const std::string image =
      png_grid(lapse.images, lapse.digits, marks, [&](int64_t r, int64_t c) { return c * lapse.digits + r; });
  const std::string last = std::to_string(marks - 1);
  return "<div class=\"lapse\"><div class=\"strip\" tabindex=\"0\" role=\"group\" aria-label=\"Film strip "
         "over the "
         "training, scrolls sideways\"><img id=\"lapse\" class=\"pixels\" width=\"" +
         std::to_string(marks * kDigitSide) + "\" height=\"" + std::to_string(lapse.digits * kDigitSide) +
         "\" alt=\"" + std::to_string(lapse.digits) + " samples of the same noise after " +
         std::to_string(marks) + " steps of the flow's training, from step " +
         with_thousands(lapse.steps.front()) + " on the left to " + with_thousands(lapse.steps.back()) +
         " on the right\" src=\"" + image +
         "\"></div>\n<div class=\"lapse-control\"><canvas id=\"lapse-view\" role=\"img\" "
         "aria-label=\"Samples after the "
         "chosen step\"></canvas><label for=\"lapse-step\">Training step <output "
         "id=\"lapse-out\"></output></label>"
         "<input type=\"range\" id=\"lapse-step\" min=\"0\" max=\"" +
         last + "\" value=\"" + last + "\" step=\"1\"></div></div>\n";
}

std::string reconstructions_html(const ShareContent& content) {
  if (!content.reconstructions) return absent(content.no_reconstructions);
  const ReconstructionBlock& block = *content.reconstructions;
  const auto n = static_cast<int64_t>(block.labels.size());
  ImageSheet both = block.original;
  both.append(block.reconstruction);
  const std::string image = png_grid(both, 2, n, [&](int64_t r, int64_t c) { return r * n + c; });
  const std::string psnr = block.psnr > 0 ? "PSNR " + fixed(block.psnr, 1) + " dB over " +
                                                with_thousands(block.psnr_count) + " test digits."
                                          : "";
  return "<div class=\"strip\" tabindex=\"0\" role=\"group\" aria-label=\"Reconstructions, scrolls "
         "sideways\">"
         "<img class=\"pixels large\" width=\"" +
         std::to_string(n * kDigitSide) + "\" height=\"" + std::to_string(2 * kDigitSide) + "\" alt=\"" +
         std::to_string(n) + " test digits in the upper row, their reconstructions below\" src=\"" + image +
         "\"></div>\n<p class=\"hint\">Above: test digits. Below: decoded from their latents. " + psnr +
         "</p>\n";
}

std::string percent(double value, int digits) { return fixed(value, digits) + " %"; }

std::vector<Fact> score_facts(const Score& s) {
  std::vector<Fact> facts{
      {"Fréchet distance (FD%)", percent(s.fd, 2) + (s.grade.empty() ? "" : " · grade " + s.grade)},
      {"FD% of real digits, same number", percent(s.fd_floor, 2)}};
  if (s.rfd >= 0) facts.emplace_back("FD% of reconstructions", percent(s.rfd, 2));
  facts.emplace_back("Accuracy of the class label", percent(100 * s.accuracy, 1));
  if (s.psnr > 0) facts.emplace_back("Reconstruction (PSNR)", fixed(s.psnr, 1) + " dB");
  facts.emplace_back("Class balance (KL)", fixed(s.class_kl, 4));
  facts.emplace_back("Memorised samples", percent(100 * s.memorisation, 1));
  facts.emplace_back("Samples scored", with_thousands(s.count));
  return facts;
}

std::string report_html(const ShareContent& content) {
  if (!content.score.valid)
    return absent("This model has not been scored. latentflow eval scores it; then share it again.");
  return "<table class=\"facts\"><caption class=\"unseen\">Quality figures</caption><tbody>\n" +
         rows(score_facts(content.score), "number") +
         "</tbody></table>\n<p class=\"hint\">Lower FD% is better: the distance between generated and real "
         "digits "
         "in the features of a classifier, in percent of their variance.</p>\n";
}

std::string settings_html(const ShareContent& content) {
  std::vector<Fact> changed, others;
  for (const Fact& fact : content.settings) {
    bool differs = false;
    for (const std::string& key : content.changed) differs = differs || key == fact.first;
    (differs ? changed : others).push_back(fact);
  }
  const std::string preset = html_text(content.preset);
  std::string html = changed.empty()
                         ? "<p class=\"hint\">All settings are those of the preset " + preset + ".</p>\n"
                         : "<p class=\"hint\">Different from the preset " + preset +
                               ":</p>\n<table class=\"facts\"><tbody>\n" + rows(changed, "number") +
                               "</tbody></table>\n";
  return html + "<details><summary>" + std::to_string(others.size()) +
         " settings of the preset</summary><table class=\"facts\"><tbody>\n" + rows(others, "number") +
         "</tbody></table></details>\n";
}

std::string reproduce_html(const ShareContent& content) {
  if (content.reproduce.empty())
    return absent("The command that makes this run again is not known: only a run's report records it.");
  return "<pre id=\"reproduce\" tabindex=\"0\" aria-label=\"Command that makes this run again\">" +
         html_text(content.reproduce) + "</pre>\n";
}

std::string tags_html(const ShareContent& content) {
  std::string html;
  for (const std::string& tag : content.tags) html += "<span class=\"tag\">" + html_text(tag) + "</span> ";
  return html;
}

std::string samples_html(const ShareContent& content) {
  const auto n = static_cast<int64_t>(content.samples.count());
  return "<img id=\"first\" class=\"pixels\" width=\"" + std::to_string(n * kDigitSide) + "\" height=\"" +
         std::to_string(kDigitSide) + "\" alt=\"" + std::to_string(n) +
         " samples of the model, computed when the page was written\" src=\"" +
         png_grid(content.samples, 1, n, [](int64_t, int64_t c) { return c; }) + "\">";
}

std::string script_text() {
  std::string text;
  for (const char* name : {"noise.js", "arithmetic.js", "network.js", "solvers.js", "sampler.js",
                           "drawing.js", "curves.js", "controls.js", "page.js"})
    text += embedded(name) + "\n";
  return text;
}

}  // namespace

std::string weights_text(const std::vector<Weight>& weights) {
  constexpr uint32_t kHalf = 0x80;  // rounds to the nearest
  std::vector<uint8_t> bytes;
  for (const Weight& weight : weights) {
    for (const float value : weight.values) {
      if (!std::isfinite(value))
        throw InputError("share: " + weight.name + " holds a value that is not finite");
      uint32_t bits = 0;
      std::memcpy(&bits, &value, sizeof bits);
      bits += kHalf;
      for (const int shift : {8, 16, 24}) bytes.push_back(static_cast<uint8_t>(bits >> shift));
    }
  }
  return files::base64(bytes);
}

std::string script_json(const std::string& json) {
  std::string text;
  for (const char c : json) text += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return text;
}

std::string page_html(const ShareContent& content) {
  std::vector<Weight> weights;
  if (content.network) {
    weights = content.network->velocity;
    weights.insert(weights.end(), content.network->decoder.begin(), content.network->decoder.end());
  }
  const std::string note =
      content.note.empty() ? "" : "<p class=\"note\">" + html_text(content.note) + "</p>";
  return filled(embedded("page.html"), {{"title", html_text(content.title)},
                                        {"style", embedded("style.css")},
                                        {"note", note},
                                        {"tags", tags_html(content)},
                                        {"preset", html_text(content.preset)},
                                        {"data", html_text(content.data)},
                                        {"samples", samples_html(content)},
                                        {"no_network", content.network ? "" : absent(content.no_network)},
                                        {"live", content.network ? "" : " hidden"},
                                        {"report", report_html(content)},
                                        {"no_curves", content.curves ? "" : absent(content.no_curves)},
                                        {"reconstructions", reconstructions_html(content)},
                                        {"time_lapse", time_lapse_html(content)},
                                        {"facts", rows(content.facts)},
                                        {"digests", rows(content.digests, "digest")},
                                        {"settings", settings_html(content)},
                                        {"reproduce", reproduce_html(content)},
                                        {"program", std::string("Latent Flow Explorer ") + kProgramVersion},
                                        {"content", script_json(page_data(content))},
                                        {"weights", weights_text(weights)},
                                        {"script", script_text()}});
}

}  // namespace lf::share
