//! Which faces there are, and in which order a role asks them.

/// One font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    TitleSong,
    FangSong,
    Kai,
    Hei,
    Ui,
    RareKai,
    RareSong,
    Symbols,
    LatinSerif,
    ExtB,
}

/// What a text is for; decides the face of each character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// 小标宋, titles
    Title,
    /// 仿宋, body, with a serif Latin face for letters and figures
    Body,
    /// 楷体, second-level heads
    Kai,
    /// 黑体, first-level heads
    Hei,
    /// the window
    Screen,
}

impl Face {
    pub const ALL: [Self; 10] = [
        Self::TitleSong,
        Self::FangSong,
        Self::Kai,
        Self::Hei,
        Self::Ui,
        Self::RareKai,
        Self::RareSong,
        Self::Symbols,
        Self::LatinSerif,
        Self::ExtB,
    ];

    pub fn file_name(self) -> &'static str {
        match self {
            Self::TitleSong => "BDTitleSong-Bold.ttf",
            Self::FangSong => "BDFangSong-Regular.ttf",
            Self::Kai => "BDKai-Regular.ttf",
            Self::Hei => "BDHei-Medium.ttf",
            Self::Ui => "BDUI-Regular.ttf",
            Self::RareKai => "BDRareKai-Light.ttf",
            Self::RareSong => "BDRareSong-Light.ttf",
            Self::Symbols => "BDSymbols-Regular.ttf",
            Self::LatinSerif => "BDLatinSerif-Regular.ttf",
            Self::ExtB => "BDExtB-Regular.ttf",
        }
    }

    /// The PostScript-like name without the extension.
    pub fn name(self) -> &'static str {
        self.file_name().trim_end_matches(".ttf")
    }
}

impl Role {
    /// Faces in the order they are asked for `character`. The 30 MB [`Face::ExtB`] is always last.
    pub fn chain(self, character: char) -> &'static [Face] {
        use Face::{ExtB, FangSong, Hei, Kai, LatinSerif, RareKai, RareSong, Symbols, TitleSong, Ui};
        let latin = is_latin(character);
        match self {
            Self::Body if latin => &[LatinSerif, FangSong, RareKai, RareSong, Symbols, ExtB],
            Self::Body => &[FangSong, RareKai, RareSong, Symbols, LatinSerif, ExtB],
            Self::Kai if latin => &[LatinSerif, Kai, RareKai, RareSong, Symbols, ExtB],
            Self::Kai => &[Kai, RareKai, RareSong, Symbols, LatinSerif, ExtB],
            Self::Title => &[TitleSong, RareSong, RareKai, Symbols, FangSong, LatinSerif, ExtB],
            Self::Hei => &[Hei, RareSong, RareKai, Symbols, FangSong, LatinSerif, ExtB],
            Self::Screen => &[Ui, RareSong, RareKai, Symbols, FangSong, LatinSerif, ExtB],
        }
    }
}

/// ASCII and Latin letters. Marks that Chinese text shares (· × ± ° “ ”) stay with the Chinese face.
fn is_latin(character: char) -> bool {
    character.is_ascii() || (('\u{C0}'..'\u{250}').contains(&character) && !matches!(character, '×' | '÷'))
}
