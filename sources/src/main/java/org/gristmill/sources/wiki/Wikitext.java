package org.gristmill.sources.wiki;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns wikitext into plain text in one pass over its characters.
 *
 * <p>Templates, tables, references, comments, galleries, files and categories go; links keep their
 * labels, headings and list items their words, formulas their TeX between dollar signs, {@code
 * nowiki} and code what they hold. Time is linear in the length of the text, however it nests.
 */
final class Wikitext {
  /** Names of the media, file and category namespaces in the larger Wikipedias. */
  private static final Set<String> NAMES =
      Set.of(
          ("media,file,image,category,datei,bild,kategorie,fichier,catégorie,archivo,imagen,"
                  + "categoría,ficheiro,imagem,arquivo,categoria,immagine,bestand,afbeelding,"
                  + "categorie,plik,grafika,kategoria,fil,kategori,bilde,billede,tiedosto,kuva,"
                  + "luokka,soubor,dosya,resim,fișier,fájl,kép,kategória,tập tin,hình,thể loại,"
                  + "berkas,gambar,fitxer,imatge,файл,изображение,картинка,категория,категорія,"
                  + "зображення,αρχείο,εικόνα,κατηγορία,ملف,صورة,تصنيف,پرونده,تصویر,رده,"
                  + "קובץ,תמונה,קטגוריה,चित्र,श्रेणी,চিত্র,বিষয়শ্রেণী,ไฟล์,ภาพ,หมวดหมู่,"
                  + "文件,檔案,档案,图像,圖像,图片,分类,分類,媒体,ファイル,画像,カテゴリ,파일,그림,분류")
              .split(","));

  private static final Pattern NAMESPACE =
      Pattern.compile("<namespace key=\"(-2|6|14)\"[^<>]{0,100}>([^<]{1,100})<");

  /** For an export that does not name its namespaces. */
  static final Wikitext PLAIN = new Wikitext(NAMES);

  private final Set<String> dropped;

  private Wikitext(Set<String> dropped) {
    this.dropped = Set.copyOf(dropped);
  }

  /** For an export with this header, which names its namespaces in its own language. */
  static Wikitext of(String header) {
    Set<String> names = new HashSet<>(NAMES);
    Matcher matcher = NAMESPACE.matcher(header);
    while (matcher.find()) {
      names.add(matcher.group(2).strip().toLowerCase(Locale.ROOT));
    }
    return new Wikitext(names);
  }

  /** The plain text: paragraphs and headings parted by blank lines, list items by line ends. */
  String plain(String wikitext) {
    return WikiLines.tidy(new WikiScan(wikitext, dropped).run());
  }
}
