package content_test

import (
	"path/filepath"
	"strings"
	"testing"

	"wenbao/content"
)

// The parts of report.docx, as Word would write them, less what no reader looks at.
const (
	wordHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="wps"><w:body>`
	wordTail   = `</w:body></w:document>`
	wordStyles = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="part"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="round"><w:name w:val="round"/><w:basedOn w:val="about"/></w:style>
<w:style w:type="paragraph" w:styleId="about"><w:name w:val="about"/><w:basedOn w:val="round"/></w:style>
</w:styles>`
	wordNumbering = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`
	wordBody = `<w:p><w:r><w:t>河口县政府工作报告</w:t></w:r></w:p>
<w:p><w:r><w:t>——2022年1月6日在河口县第九届人民代表大会第二次会议上</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="11"/></w:pPr><w:r><w:t>一、2021年工作回顾</w:t><w:tab/><w:t>1</w:t></w:r></w:p>
<w:p><w:r><w:t>各位代表：</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>2021年工作回顾</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="round"/></w:pPr><w:r><w:t>地区生产总值增长</w:t></w:r><w:del><w:r><w:delText>7%</w:delText></w:r></w:del><w:ins><w:r><w:t>8.1%</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>（待核）</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>。</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:r><w:t>办好教育</w:t></w:r></w:p>
<w:p><w:r><w:t>新建学校3所，</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里说：改造校舍2万平方米。</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框里说：改造校舍2万平方米。</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t xml:space="preserve">增加学位1200个。</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:r><w:t>修好道路</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>新修公路20公里。</w:t><w:br/><w:t>改造桥梁4座。</w:t></w:r></w:p>
<w:p><w:r><w:t>表1 2021年主要产品产量</w:t></w:r></w:p>
<w:tbl>
<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>产品</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>产量</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>全年（万吨）</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>比上年</w:t></w:r></w:p><w:p><w:r><w:t>增长（%）</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>水泥</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12.5</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3.4</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>排版用的表格里也有一句话。</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>2022年工作安排</w:t></w:r></w:p>
<w:p><w:r><w:t>全年新建公路**30公里**，#号、|号都是正文。</w:t></w:r></w:p>
<w:p><w:r><w:t>各位代表！让我们共同努力。</w:t></w:r></w:p>`
)

func TestWord(t *testing.T) {
	t.Parallel()
	path := write(t, "report.docx", archive(t, "word/document.xml", wordHead+wordBody+wordTail,
		"word/styles.xml", wordStyles, "word/numbering.xml", wordNumbering))
	report, err := content.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problemsOf(report) {
		t.Error(problem)
	}
	compareGolden(t, filepath.Join(formats, "report.docx.golden"), describe(report))
}

// The main document may go by another name, which the package says.
func TestWordWithAnotherMainDocument(t *testing.T) {
	t.Parallel()
	const relations = `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>`
	report, err := content.Load(write(t, "report.docx", archive(t, "_rels/.rels", relations, "word/document2.xml", wordHead+wordBody+wordTail)))
	if err != nil {
		t.Fatal(err)
	}
	if report.Title != "河口县政府工作报告" {
		t.Errorf("title %q", report.Title)
	}
}

func FuzzWord(f *testing.F) {
	f.Add(wordBody, wordStyles, wordNumbering)
	f.Add(strings.ReplaceAll(wordBody, "w:tc", "w:tbl"), "", "")
	f.Add("<w:tbl><w:tc><w:tr><w:p></w:p></w:tr></w:tc></w:tbl><w:txbxContent></w:txbxContent><w:r><w:br/></w:r>", "<a/>", "<a/>")
	f.Fuzz(func(t *testing.T, body, styles, numbering string) {
		loadsWell(t, "report.docx", archive(t, "word/document.xml", wordHead+body+wordTail, "word/styles.xml", styles, "word/numbering.xml", numbering))
	})
}
